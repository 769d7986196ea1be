package io.boxoffice.purchase.desk;

import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Stock;
import io.boxoffice.purchase.allocation.Verdict;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sells a batch of requests in one step, so that the desk need not know the database. */
public interface Sales {

  /**
   * Holds the result of a batch.
   *
   * @param verdicts one for each request, in the same order
   * @param left the stock after the batch, of each ticket type whose row the batch read or changed
   */
  record Result(List<Verdict> verdicts, List<Stock> left) {}

  /**
   * Sells to the requests and commits.
   *
   * @param remembered the stock of ticket types as recent batches left it, by id. A type that is
   *     sold out here is treated as sold out; the others may have changed since
   * @throws SaleFailedException when the batch is not sold or its outcome is not known
   */
  Result sell(List<PurchaseRequest> requests, Map<UUID, Stock> remembered);
}
