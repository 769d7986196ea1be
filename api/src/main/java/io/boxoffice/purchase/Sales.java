package io.boxoffice.purchase;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sells a batch of requests in one step, so that the desk need not know the database. */
interface Sales {

  /**
   * Holds the result of a batch.
   *
   * @param verdicts one for each request, in the same order
   * @param left the stock after the batch, of each ticket type that was not sold out before it
   */
  record Settled(List<Verdict> verdicts, List<Stock> left) {}

  /**
   * Sells to the requests and commits.
   *
   * @param remembered the stock of ticket types as recent batches left it, by id. A type that is
   *     sold out here is treated as sold out; the others may have changed since
   * @throws org.jdbi.v3.core.JdbiException when the database certainly wrote nothing
   * @throws OutcomeUnknownException when the commit is not confirmed and its result cannot be found
   */
  Settled settle(List<PurchaseRequest> requests, Map<UUID, Stock> remembered);
}
