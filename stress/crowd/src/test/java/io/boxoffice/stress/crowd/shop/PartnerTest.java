package io.boxoffice.stress.crowd.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.boxoffice.stress.crowd.exit.StressException;
import io.boxoffice.stress.crowd.shop.Partner.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartnerTest {
  private static final Instant SINCE = Instant.parse("2026-11-29T12:00:00Z");
  private static final String CHARGE =
      """
      {"id": "%s", "reference": "o", "amount": 4500, "currency": "EUR", "status": "%s"%s}""";

  private final List<String> requests = new ArrayList<>();
  private final List<JsonNode> settings = new ArrayList<>();
  private HttpServer server;
  private String url;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsTheLedgerFromPageToPage() {
    assertThat(new Partner(url, "right").charges(SINCE))
        .containsExactly(
            new Charge("a", "o", 4_500, "EUR", true, false),
            new Charge("b", "o", 4_500, "EUR", false, false),
            new Charge("c", "o", 4_500, "EUR", true, true));
    assertThat(requests)
        .containsExactly(
            "GET /charges?since=2026-11-29T12:00:00Z&limit=100",
            "GET /charges?since=2026-11-29T12:00:00Z&limit=100&after=b");
  }

  @Test
  void saysWhyTheLedgerCannotBeRead() {
    assertThatThrownBy(() -> new Partner(url, "wrong").probe())
        .isInstanceOf(StressException.class)
        .hasMessageStartingWith("The payment partner answers 401 to GET /charges");
    stop();
    assertThatThrownBy(() -> new Partner(url, "right").charges(SINCE))
        .isInstanceOf(StressException.class)
        .hasMessageStartingWith("The payment partner did not answer GET /charges");
  }

  @Test
  void aFailureHasATimeLimitAndSparesTheLedger() {
    Partner partner = new Partner(url, "right");
    partner.fail(Failure.SILENT, Duration.ofSeconds(20));
    partner.fail(Failure.DOWN, Duration.ofSeconds(10));
    assertThat(settings)
        .allSatisfy(
            setting ->
                assertThat(setting.at("/profiles/stress/0/match/methods").toString())
                    .isEqualTo("[\"POST\"]"));
    assertThat(settings.get(0).path("expiresIn").asText()).isEqualTo("20s");
    assertThat(settings.get(0).at("/profiles/stress/0/lose").asBoolean()).isTrue();
    assertThat(settings.get(1).at("/profiles/stress/0/denial/percent").asInt()).isEqualTo(100);
  }

  @Test
  void whatHeldForATimeDoesNotHoldForEverAfterwards() throws IOException {
    Partner partner = new Partner(url, "right");
    partner.restore(new ObjectMapper().readTree("{\"activeProfile\": \"off\"}"));
    partner.restore(
        new ObjectMapper()
            .readTree("{\"activeProfile\": \"slow\", \"expiresAt\": \"2020-01-01T00:00:00Z\"}"));
    assertThat(settings.get(0).has("expiresIn")).isFalse();
    assertThat(settings.get(1).path("expiresIn").asText()).isEqualTo("1s");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    requests.add(exchange.getRequestMethod() + " " + target);
    boolean allowed = "Bearer right".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (exchange.getRequestMethod().equals("PUT")) {
      settings.add(new ObjectMapper().readTree(exchange.getRequestBody()));
    }
    byte[] body = page(target).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(allowed ? 200 : 401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String page(String target) {
    return target.contains("after=b")
        ? "{\"items\": [%s]}".formatted(CHARGE.formatted("c", "SUCCEEDED", ", \"refund\": {}"))
        : "{\"items\": [%s, %s], \"next\": \"b\"}"
            .formatted(
                CHARGE.formatted("a", "SUCCEEDED", ""), CHARGE.formatted("b", "DECLINED", ""));
  }
}
