package io.boxoffice.warmup;

import io.boxoffice.purchase.allocation.Allocation;
import io.boxoffice.purchase.allocation.Earlier;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Sale;
import io.boxoffice.purchase.allocation.Stock;
import io.boxoffice.purchase.desk.Sales;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Sells tickets that do not exist, so that the JVM compiles the code of a sale during warm-up. Most
 * batches are only decided, so that a replica that starts under load does not load the database.
 * One batch in 20 also goes to the real sales, 300 at most. Those send their statements, and write
 * nothing, because the concert is not in the database.
 */
final class WarmUpSales implements Sales {
  private static final int CAPACITY = 1_000_000;
  private static final int SEND_EVERY = 20;
  private static final int MAX_SENT = 300;

  private final Sales real;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final UUID concertId = UUID.randomUUID();
  private final Map<UUID, Stock> stocks;
  private final UUID ticketTypeId = UUID.randomUUID();
  private final UUID soldOutTypeId = UUID.randomUUID();
  private final AtomicInteger batches = new AtomicInteger();

  WarmUpSales(Sales real, Clock clock, Supplier<UUID> ids) {
    this.real = real;
    this.clock = clock;
    this.ids = ids;
    this.stocks =
        Map.of(ticketTypeId, stock(ticketTypeId, CAPACITY), soldOutTypeId, stock(soldOutTypeId, 0));
  }

  /** Returns the id of the concert, which is not in the database. */
  UUID concertId() {
    return concertId;
  }

  /** Returns the id of a ticket type that has tickets left. */
  UUID ticketTypeId() {
    return ticketTypeId;
  }

  /** Returns the id of a ticket type that is sold out. */
  UUID soldOutTypeId() {
    return soldOutTypeId;
  }

  @Override
  public Result sell(List<PurchaseRequest> requests, Map<UUID, Stock> remembered) {
    int batch = batches.getAndIncrement();
    if (batch % SEND_EVERY == 0 && batch / SEND_EVERY < MAX_SENT) {
      real.sell(requests, stocks);
    }
    Sale sale = Allocation.decide(stocks, requests, Earlier.NONE, clock.instant(), ids);
    return new Result(sale.verdicts(), List.of());
  }

  private Stock stock(UUID type, int available) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // PostgreSQL's precision.
    return new Stock(
        type,
        concertId,
        available,
        10,
        now.minus(1, ChronoUnit.HOURS),
        now.plus(1, ChronoUnit.HOURS),
        1,
        "EUR",
        null,
        1,
        true);
  }
}
