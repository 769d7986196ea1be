package io.boxoffice.purchase.desk;

import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import java.util.concurrent.CompletionStage;

/**
 * Queues requests to buy, so that a queued request holds no thread. A caller waits for the database
 * only when it runs a batch, or when the desk does not yet know the ticket types of the concert.
 */
public interface SalesDesk {

  /**
   * Queues a request, or executes it at once on the caller's thread when no batch is running. If
   * the database hangs, it then holds the caller's thread until the database timeouts end the wait.
   *
   * @return completes with the verdict once the batch is committed; completes exceptionally with a
   *     {@link io.boxoffice.platform.error.ProblemException} when the desk is overloaded or the
   *     batch fails
   * @throws RuntimeException when the ticket types of the concert cannot be read
   */
  CompletionStage<Verdict> submit(PurchaseRequest request);
}
