package io.boxoffice.purchase;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes stocks and sales of one concert with one ticket type, for tests of the statements. */
final class SampleSales {
  private SampleSales() {}

  /** Makes the stock of a new concert that is on sale now. */
  static Stock stockOf(int tickets) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return new Stock(
        UUID.randomUUID(),
        UUID.randomUUID(),
        tickets,
        10,
        now.minusSeconds(60),
        now.plusSeconds(60),
        1,
        "EUR");
  }

  /**
   * Makes a request for tickets of a stock.
   *
   * @param key null for none
   */
  static PurchaseRequest request(Stock stock, String key, int quantity) {
    return new PurchaseRequest(
        stock.concertId(),
        stock.ticketTypeId(),
        "a@example.com",
        quantity,
        key == null ? null : new IdempotencyKey(key),
        Instant.now());
  }

  /** Makes the sale that the desk would write for requests whose keys are new. */
  static Sale saleOf(Stock stock, PurchaseRequest... requests) {
    Map<UUID, Stock> stocks = Map.of(stock.ticketTypeId(), stock);
    return Sale.of(
        Allocation.decide(stocks, List.of(requests), Map.of()),
        stocks,
        Instant.now(),
        UUID::randomUUID);
  }
}
