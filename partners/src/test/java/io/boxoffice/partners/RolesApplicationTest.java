package io.boxoffice.partners;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.partners.analytics.AnalyticsRole;
import io.boxoffice.partners.email.EmailRole;
import io.boxoffice.partners.payment.PaymentRole;
import io.boxoffice.partners.report.ReportRole;
import io.boxoffice.partners.search.SearchRole;
import io.boxoffice.partners.testing.PartnerClient;
import io.boxoffice.partners.testing.RunningPartner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All roles in one process, as ./boxoffice runs them. */
class RolesApplicationTest {
  @TempDir private static Path directory;

  private static RunningPartner partner;
  private static PartnerClient client;

  @BeforeAll
  static void start() throws Exception {
    partner =
        new RunningPartner(
                directory,
                new PaymentRole(),
                new EmailRole(),
                new SearchRole(),
                new AnalyticsRole(),
                new ReportRole())
            .start();
    client = partner.client();
  }

  @AfterAll
  static void stop() {
    partner.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/charges",
        "/mails",
        "/concerts",
        "/search?q=word",
        "/totals",
        "/reports",
        "/keys",
        "/simulation"
      })
  void everyRoleAnswersOnOnePort(String path) {
    assertThat(client.get(path).status()).isEqualTo(200);
    assertThat(
            PartnerClient.join(client.send("GET", path, null, "Authorization", "Bearer other"))
                .status())
        .isEqualTo(401);
  }

  /** Two roles have routes below one path. */
  @Test
  void theRoutesOfARoleDoNotHideThoseOfAnother() {
    String concert = "/concerts/" + UUID.randomUUID();
    assertThat(client.get(concert).text("detail")).contains("no concert with this id");
    assertThat(client.get(concert + "/minutes").text("detail")).contains("with counts");
  }

  @Test
  void rulesOfTheSimulationCanNameARoleByItsPath() {
    String refuse =
        """
        {"activeProfile": "down", "profiles": {"down": [{"id": "down",
          "match": {"path": "/mails"},
          "denial": {"percent": 100, "status": 503, "code": "unavailable"}}]}}""";
    assertThat(PartnerClient.join(client.send("PUT", "/simulation", refuse)).status())
        .isEqualTo(200);
    assertThat(client.get("/mails").status()).isEqualTo(503);
    assertThat(client.get("/charges").status()).isEqualTo(200);
    PartnerClient.join(client.send("PUT", "/simulation", "{}"));
  }

  @Test
  void everyMetricIsDocumented() throws IOException {
    String document = Files.readString(Path.of("../docs/partners.md"));
    assertThat(
            Pattern.compile(
                    "^# TYPE ((?:payment|email|search|analytics|report)_\\w+) ", Pattern.MULTILINE)
                .matcher(partner.adminClient().get("/metrics").raw().body())
                .results()
                .map(type -> type.group(1)))
        .hasSizeGreaterThan(20)
        .allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
  }

  @Test
  void everySettingIsDocumented() throws IOException {
    String document = Files.readString(Path.of("../docs/partners.md"));
    assertThat(
            Pattern.compile(
                    "\\$\\{((?:PAYMENT|EMAIL|SEARCH|ANALYTICS|REPORT|SHOP|SMTP|MAIL|CALLBACK)_\\w+):-")
                .matcher(Files.readString(Path.of("src/main/resources/partners.yml")))
                .results()
                .map(setting -> setting.group(1)))
        .hasSizeGreaterThan(30)
        .allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
  }
}
