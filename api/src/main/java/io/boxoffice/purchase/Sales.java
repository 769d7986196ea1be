package io.boxoffice.purchase;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Brings a batch of requests to its verdicts, all at once. */
interface Sales {

  /**
   * What a batch came to.
   *
   * @param verdicts one for each request, in the same order
   * @param left the stock of each ticket type that was not sold out before, as the batch leaves it
   */
  record Settled(List<Verdict> verdicts, List<Stock> left) {}

  /**
   * Settles requests and commits.
   *
   * @param remembered ticket types, by id, as an earlier batch left them a moment ago. Those that
   *     were sold out are taken to be so still; the others may have changed
   * @throws org.jdbi.v3.core.JdbiException when nothing was written, for sure
   * @throws OutcomeUnknownException when the commit was not confirmed and could not be looked up
   */
  Settled settle(List<PurchaseRequest> requests, Map<UUID, Stock> remembered);
}
