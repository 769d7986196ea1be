package io.boxoffice.purchase;

import java.util.concurrent.CompletionStage;

/** Where requests to buy wait their turn without holding a thread each. */
public interface SalesDesk {

  /**
   * Queues a request, or settles it at once when nobody else is at work: on this thread, which a
   * database that hangs then holds as long as its timeouts allow.
   *
   * @return completes with the verdict once it is committed; exceptionally with a {@link
   *     io.boxoffice.platform.error.ProblemException} when the desk is overloaded or the database
   *     failed
   */
  CompletionStage<Verdict> submit(PurchaseRequest request);
}
