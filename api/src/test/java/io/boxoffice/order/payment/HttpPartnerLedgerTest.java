package io.boxoffice.order.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.TestPartner;
import io.boxoffice.testing.TestPartner.Received;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks how the shop reads the partner's ledger. */
class HttpPartnerLedgerTest {
  private final TestPartner partner = TestPartner.start();
  private final Partners shop = new Partners(partner.url());

  @AfterEach
  void stop() {
    shop.close();
    partner.close();
  }

  private PartnerLedger.Page ledger() {
    return shop.client()
        .ledger(PartnerLedger.Query.since(Instant.parse("2026-11-01T10:00:00Z"), "ch_0"))
        .toCompletableFuture()
        .join();
  }

  private static String entry(String members) {
    return """
    {"id": "ch_1", "reference": "01890000-0000-7000-8000-000000000001", "amount": 6400,
     "currency": "EUR", "status": "SUCCEEDED", "createdAt": "2026-11-01T10:00:01Z"%s}
    """
        .formatted(members);
  }

  @Test
  void aPageOfTheLedgerIsRead() {
    String refund = ", \"refund\": {\"id\": \"re_1\"}, \"addedOneDay\": 1";
    partner.answers(
        TestPartner.status(
            200, "{\"items\": [%s], \"next\": \"ch_1\", \"x\": 1}".formatted(entry(refund))));

    PartnerLedger.Page page = ledger();

    assertThat(page)
        .isEqualTo(
            new PartnerLedger.Page(
                List.of(
                    new PartnerLedger.Entry(
                        "ch_1",
                        UUID.fromString("01890000-0000-7000-8000-000000000001"),
                        6400,
                        "EUR",
                        true,
                        true,
                        Instant.parse("2026-11-01T10:00:01Z"))),
                "ch_1"));
    Received sent = partner.received().get(0);
    assertThat(sent.method() + " " + sent.path()).isEqualTo("GET /charges");
    assertThat(sent.query()).isEqualTo("limit=100&since=2026-11-01T10%3A00%3A00Z&after=ch_0");
    assertThat(sent.header("Authorization")).isEqualTo("Bearer " + Partners.TOKEN);
    assertThat(shop.count("ledger", PaymentOutcome.SUCCEEDED)).isOne();
  }

  @Test
  void aPartnerWithoutALedgerAnswers404() {
    partner.answers(TestPartner.status(404, "{}"));
    assertThat(
            Partners.failureOf(
                shop.client().ledger(PartnerLedger.Query.of(UUID.randomUUID(), null))))
        .isInstanceOf(PartnerLedger.MissingException.class);
    assertThat(shop.count("ledger", PaymentOutcome.REFUSED)).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "{\"items\": [null], \"next\": null}",
        "{\"items\": [], \"next\": \"ch_1\"}",
        "{\"items\": [{\"id\": \"ch_1\"}], \"next\": null}",
        "{\"items\": [{\"id\": \"ch_1\", \"reference\": \"01890000-0000-7000-8000-000000000001\", \"amount\": 1, \"currency\": \"EUR\", \"status\": \"SUCCEEDED\"}]}"
      })
  void aPageThatCannotBeReadIsNoPage(String body) {
    partner.answers(TestPartner.status(200, body));
    assertThat(Partners.failureOf(shop.client().ledger(PartnerLedger.Query.since(null, null))))
        .isInstanceOf(PaymentUnknownException.class);
  }
}
