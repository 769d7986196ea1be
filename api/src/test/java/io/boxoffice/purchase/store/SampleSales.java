package io.boxoffice.purchase.store;

import io.boxoffice.purchase.allocation.Allocation;
import io.boxoffice.purchase.allocation.Earlier;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Sale;
import io.boxoffice.purchase.allocation.Stock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Makes stocks and sales of one concert with one ticket type, for tests of the statements. */
final class SampleSales {
  private static final String INSERT_CONCERT =
      """
      WITH concert AS (
        INSERT INTO concerts (id, title, artist, venue, starts_at, sales_open_at, sales_close_at,
                              max_per_purchase, created_at)
        VALUES (:concertId, 'sample', 'sample', 'sample', :salesCloseAt, :salesOpenAt,
                :salesCloseAt, :maxPerPurchase, :salesOpenAt)
      )
      INSERT INTO ticket_types (id, concert_id, name, position, capacity, available, price_amount,
                                price_currency)
      VALUES (:ticketTypeId, :concertId, 'sample', 0, :available, :available, :priceAmount,
              :priceCurrency)
      """;

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
        "EUR",
        null,
        1,
        true);
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
        key,
        Instant.now(),
        null,
        null);
  }

  /** Makes a request to hold tickets of a stock; see {@link #request}. */
  static PurchaseRequest hold(Stock stock, String key, int quantity) {
    return new PurchaseRequest(
        stock.concertId(),
        stock.ticketTypeId(),
        "a@example.com",
        quantity,
        key,
        Instant.now(),
        null,
        Duration.ofMinutes(10));
  }

  /** Makes the sale that the desk would write for requests whose keys are new. */
  static Sale saleOf(Stock stock, PurchaseRequest... requests) {
    return Allocation.decide(
        Map.of(stock.ticketTypeId(), stock),
        List.of(requests),
        Earlier.NONE,
        Instant.now(),
        UUID::randomUUID);
  }

  /** Inserts a concert with the ticket type of a stock. */
  static void insert(Handle handle, Stock stock) {
    handle.createUpdate(INSERT_CONCERT).bindMethods(stock).execute();
  }
}
