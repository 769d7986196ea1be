package io.boxoffice.stress.gates.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.boxoffice.stress.gates.TestCodes;
import io.boxoffice.stress.gates.exit.GatesException;
import io.boxoffice.stress.gates.ledger.Result;
import io.boxoffice.stress.gates.ledger.Scan;
import io.boxoffice.stress.gates.ledger.Showing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what a device sends, and which answers count as none. */
class HttpScanLineTest {
  private static final Instant NOW = Instant.parse("2026-11-30T19:00:00Z");

  private final Showing showing = TestCodes.valid();
  private final Scan scan =
      new Scan(UUID.randomUUID(), "north", 7, 3, showing.leaving(), true, NOW);
  private HttpServer server;
  private HttpScanLine line;
  private volatile int status = 200;
  private volatile String answer = "";
  private volatile String received;
  private volatile String authorization;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/scans",
        exchange -> {
          received = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          authorization = exchange.getRequestHeaders().getFirst("Authorization");
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    JsonApi api = new JsonApi("http://localhost:" + server.getAddress().getPort(), "operator");
    line = new HttpScanLine(api, "device");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private List<Result> send() throws IOException {
    return line.send(List.of(scan), NOW.plusSeconds(5));
  }

  private void answer(String members) {
    answer = "{\"results\": [{\"scanId\": \"%s\"%s}]}".formatted(scan.scanId(), members);
  }

  @Test
  void aScanHasAllItsMembers() throws IOException {
    answer(", \"result\": \"left\"");
    assertThat(send()).containsExactly(new Result("left", null, false));
    JsonNode batch = new ObjectMapper().readTree(received);
    JsonNode item = batch.path("scans").get(0);
    assertThat(batch.path("deviceTime").asText()).isEqualTo("2026-11-30T19:00:05Z");
    assertThat(item.path("scanId").asText()).isEqualTo(scan.scanId().toString());
    assertThat(item.path("gate").asText()).isEqualTo("north");
    assertThat(item.path("series").asLong()).isEqualTo(7);
    assertThat(item.path("sequence").asLong()).isEqualTo(3);
    assertThat(item.path("code").asText()).isEqualTo(showing.code());
    assertThat(item.path("direction").asText()).isEqualTo("out");
    assertThat(item.path("deviceMode").asText()).isEqualTo("offline");
    assertThat(item.path("scannedAt").asText()).isEqualTo("2026-11-30T19:00:00Z");
    assertThat(authorization).isEqualTo("Bearer device");
  }

  @Test
  void reasonsAndCodesAreRead() throws IOException {
    answer(", \"result\": \"refused\", \"reason\": \"cancelled\", \"repeated\": true");
    assertThat(send()).containsExactly(new Result("refused", "cancelled", true));
    answer(", \"result\": \"invalid\", \"code\": \"sequence-used\"");
    assertThat(send()).containsExactly(new Result("invalid", "sequence-used", false));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503})
  void aShopThatIsBusyIsAskedAgain(int busy) {
    status = busy;
    assertThatThrownBy(this::send).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "{\"results\": []}",
        "{\"results\": [{\"scanId\": \"00000000-0000-0000-0000-000000000000\", \"result\": \"left\"}]}"
      })
  void anAnswerOfTheWrongFormIsNone(String wrong) {
    answer = wrong;
    assertThatThrownBy(this::send).isInstanceOf(IOException.class);
  }

  @Test
  void aRefusedTokenEndsTheRun() {
    status = 401;
    answer = "{}";
    assertThatThrownBy(this::send)
        .isInstanceOf(GatesException.class)
        .hasMessageContaining("401 to POST /v1/scans");
  }
}
