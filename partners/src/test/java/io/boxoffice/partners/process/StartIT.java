package io.boxoffice.partners.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.partners.testing.Eventually;
import io.boxoffice.partners.testing.PartnerClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartIT {
  private static final List<String> ROLES =
      List.of("payment", "email", "search", "analytics", "report");

  @TempDir private Path ledger;

  @ParameterizedTest
  @CsvSource(
      value = {"NONE", "mail", "payment mail", "payment payment"},
      nullValues = "NONE")
  void withAnUnknownRoleItSaysWhichThereAre(String arguments) throws Exception {
    try (PartnerProcess partner =
        new PartnerProcess(
            Map.of(), arguments == null ? new String[0] : arguments.split(" ", -1))) {
      assertThat(partner.awaitExit()).isEqualTo(2);
      assertThat(partner.output())
          .contains("expected the roles of a partner, each once: payment, email");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PAYMENT_DELAY, soon, PAYMENT_DELAY",
    "CALLBACK_URL, ftp://shop, PAYMENT_CALLBACK_SECRET",
    "PAYMENT_DATA_DIR, /dev/null, PAYMENT_DATA_DIR",
    "PAYMENT_DECLINE_PERCENT, 101, declinePercent",
    "PAYMENT_MOST_CHARGES, 0, mostCharges",
    "LATE_DELAY, 2h, lateDelay",
    "EMAIL_DELAY, later, EMAIL_DELAY",
    "SMTP_URL, http://mail, SMTP_URL",
    "SEARCH_MOST_CONCERTS, 0, mostConcerts",
    "ANALYTICS_DATA_DIR, /dev/null, ANALYTICS_DATA_DIR",
    "SHOP_URL, http://shop.example.com, SHOP_URL"
  })
  void aWrongSettingIsNamedInOneSentence(String name, String value, String named) throws Exception {
    Map<String, String> environment = new HashMap<>();
    for (String role : ROLES) {
      environment.put(role.toUpperCase(Locale.ROOT) + "_DATA_DIR", ledger.resolve(role).toString());
    }
    environment.put(name, value);
    try (PartnerProcess partner = new PartnerProcess(environment, ROLES.toArray(String[]::new))) {
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
      PartnerClient client = partner.awaitClient();
      var answer = client.chargeLater("tok_ok", UUID.randomUUID());
      PartnerClient admin = partner.awaitAdminClient();
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
