package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.crowd.shop.Charge;
import io.boxoffice.stress.crowd.shop.OrderRecord;
import io.boxoffice.stress.crowd.shop.Receipt;
import io.boxoffice.stress.crowd.shop.Stock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The records of the shop and of its payment partner about the orders of a run.
 *
 * @param readAt when they were read
 * @param orders those that were found, by id
 * @param receipts the purchases of the orders; all purchases of the concerts, if they are the run's
 *     own
 * @param stocks the ticket types, if the concerts are the run's own
 * @param ownConcerts whether no other client buys at these concerts
 * @param charges the ledger of the partner since the begin of the run; null if it could not be read
 * @param noLedger why it could not be read; null if it was
 */
public record OrderBooks(
    Instant readAt,
    Map<String, OrderRecord> orders,
    Collection<Receipt> receipts,
    Collection<Stock> stocks,
    boolean ownConcerts,
    List<Charge> charges,
    String noLedger) {}
