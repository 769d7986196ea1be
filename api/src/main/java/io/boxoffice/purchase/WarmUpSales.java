package io.boxoffice.purchase;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Sells tickets that do not exist, so that the JVM compiles the code of a sale during warm-up. Most
 * batches are only decided, so that a replica that starts under load does not load the database.
 * One batch in 20 is written and rolled back, 300 at most.
 */
final class WarmUpSales implements Sales {
  private static final int CAPACITY = 1_000_000;
  private static final int WRITE_EVERY = 20;
  private static final int MAX_WRITTEN = 300;

  private final Jdbi jdbi;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final Stock stock;
  private final Stock soldOut;
  private final AtomicInteger batches = new AtomicInteger();

  WarmUpSales(
      Jdbi jdbi,
      Clock clock,
      Supplier<UUID> ids,
      UUID concertId,
      UUID ticketTypeId,
      UUID soldOutTypeId) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.ids = ids;
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // PostgreSQL's precision.
    this.stock = stock(ticketTypeId, concertId, CAPACITY, now);
    this.soldOut = stock(soldOutTypeId, concertId, 0, now);
  }

  @Override
  public Settled settle(List<PurchaseRequest> requests, Map<UUID, Stock> remembered) {
    int batch = batches.getAndIncrement();
    int written = batch / WRITE_EVERY;
    if (batch % WRITE_EVERY == 0 && written < MAX_WRITTEN) {
      writeAndRollBack(requests, written % 2 == 0);
    }
    return new Settled(sale(requests, Map.of()).verdicts(), List.of());
  }

  private static Stock stock(UUID ticketTypeId, UUID concertId, int available, Instant now) {
    return new Stock(
        ticketTypeId,
        concertId,
        available,
        10,
        now.minus(1, ChronoUnit.HOURS),
        now.plus(1, ChronoUnit.HOURS),
        1,
        "EUR");
  }

  private Sale sale(List<PurchaseRequest> requests, Map<String, PurchaseRow> earlier) {
    Map<UUID, Stock> stocks = Map.of(stock.ticketTypeId(), stock, soldOut.ticketTypeId(), soldOut);
    return Sale.of(Allocation.decide(stocks, requests, earlier), stocks, clock.instant(), ids);
  }

  private void writeAndRollBack(List<PurchaseRequest> requests, boolean atOnce) {
    try (Handle handle = jdbi.open()) {
      handle.begin();
      try {
        new SaleStatements(handle).putUp(stock);
        if (atOnce) {
          sellAtOnce(handle, requests);
        } else {
          lockAndSell(handle, requests);
        }
      } finally {
        handle.rollback();
      }
    }
  }

  private void sellAtOnce(Handle handle, List<PurchaseRequest> requests) {
    Sale sale = sale(requests, Map.of());
    if (!sale.isEmpty()) {
      new SaleWrites(handle).sellAtOnce(sale, stock);
    }
  }

  private void lockAndSell(Handle handle, List<PurchaseRequest> requests) {
    SaleStatements.Locked locked =
        new SaleStatements(handle)
            .lock(new UUID[] {stock.ticketTypeId()}, SaleTransaction.keysOf(requests));
    Sale sale = sale(requests, locked.earlier());
    if (!sale.isEmpty()) {
      new SaleWrites(handle).write(sale);
    }
  }
}
