package io.boxoffice.purchase;

import java.util.concurrent.CompletionStage;

/** Where requests to buy wait their turn without holding a thread. */
public interface SalesDesk {

  /**
   * Queues a request.
   *
   * @return completes with the verdict once it is committed; exceptionally with a {@link
   *     io.boxoffice.error.ProblemException} when the desk is overloaded or the database failed
   */
  CompletionStage<Verdict> submit(PurchaseRequest request);
}
