package io.boxoffice.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private static final Instant OPEN = Instant.parse("2030-01-01T10:00:00Z");
  private static final Instant CLOSE = Instant.parse("2030-01-02T10:00:00Z");
  private static final Stock STOCK =
      new Stock(UUID.randomUUID(), UUID.randomUUID(), 5, 4, OPEN, CLOSE, 4500, "EUR");

  @Test
  void sellsFromTheInstantSalesOpenUntilJustBeforeTheyClose() {
    assertThat(Settlement.refusal(STOCK, asked(1, OPEN))).isEmpty();
    assertThat(Settlement.refusal(STOCK, asked(1, CLOSE.minusNanos(1)))).isEmpty();
    assertThat(Settlement.refusal(STOCK, asked(1, OPEN.minusNanos(1))))
        .contains(new Verdict.SalesNotOpen(OPEN));
    assertThat(Settlement.refusal(STOCK, asked(1, CLOSE))).contains(new Verdict.SalesClosed(CLOSE));
  }

  @Test
  void sellsUpToTheConcertsLimit() {
    assertThat(Settlement.refusal(STOCK, asked(4, OPEN))).isEmpty();
    assertThat(Settlement.refusal(STOCK, asked(5, OPEN))).contains(new Verdict.TooMany(4));
  }

  @Test
  void sellsTheLastTicketAndNotOneMore() {
    assertThat(Settlement.refusal(left(2), asked(2, OPEN))).isEmpty();
    assertThat(Settlement.refusal(left(2), asked(3, OPEN))).contains(new Verdict.SoldOut(2));
    assertThat(Settlement.refusal(left(0), asked(1, OPEN))).contains(new Verdict.SoldOut(0));
  }

  private static Stock left(int available) {
    return new Stock(
        STOCK.ticketTypeId(), STOCK.concertId(), available, 4, OPEN, CLOSE, 4500, "EUR");
  }

  private static PurchaseRequest asked(int quantity, Instant at) {
    return new PurchaseRequest(
        STOCK.concertId(), STOCK.ticketTypeId(), "ada@example.com", quantity, null, at);
  }
}
