package io.boxoffice.partners.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.partners.testing.Eventually;
import io.boxoffice.partners.testing.PaymentClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartIT {
  @TempDir private Path ledger;

  @Test
  void withoutARoleItSaysWhichThereAre() throws Exception {
    try (PartnerProcess partner = new PartnerProcess(Map.of())) {
      assertThat(partner.awaitExit()).isEqualTo(2);
      assertThat(partner.output()).contains("expected one role of a partner: payment");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PAYMENT_DELAY, soon, PAYMENT_DELAY",
    "CALLBACK_URL, ftp://shop, PAYMENT_CALLBACK_SECRET",
    "PAYMENT_DATA_DIR, /dev/null, PAYMENT_DATA_DIR",
    "PAYMENT_DECLINE_PERCENT, 101, declinePercent",
    "PAYMENT_MOST_CHARGES, 0, mostCharges",
    "LATE_DELAY, 2h, lateDelay"
  })
  void aWrongSettingIsNamedInOneSentence(String name, String value, String named) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("PAYMENT_DATA_DIR", ledger.toString());
    environment.put(name, value);
    try (PartnerProcess partner = new PartnerProcess(environment, "payment")) {
      assertThat(partner.awaitExit()).isNotZero();
      assertThat(partner.output())
          .startsWith("Box Office: ")
          .contains(named)
          .doesNotContain("\tat ");
    }
  }

  /** A charge in progress is not made when the partner stops, and the answer says so. */
  @Test
  void aStopEndsWaitsAtOnce() throws Exception {
    try (PartnerProcess partner =
        new PartnerProcess(
            Map.of("PAYMENT_DATA_DIR", ledger.toString(), "PAYMENT_DELAY", "5m"), "payment")) {
      PaymentClient client = partner.awaitClient();
      var answer = client.chargeLater("tok_ok", UUID.randomUUID());
      PaymentClient admin = partner.awaitAdminClient();
      Eventually.holds(
          () -> admin.get("/metrics").raw().body().contains("payment_charges_in_progress 1.0"));
      partner.terminate();
      assertThat(answer.join().status()).isEqualTo(503);
      partner.awaitExit();
    }
    try (PartnerProcess again =
        new PartnerProcess(Map.of("PAYMENT_DATA_DIR", ledger.toString()), "payment")) {
      assertThat(again.awaitClient().get("/charges").body().path("items")).isEmpty();
    }
  }
}
