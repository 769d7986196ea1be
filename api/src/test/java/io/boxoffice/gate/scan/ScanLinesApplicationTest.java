package io.boxoffice.gate.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.gate.Evening;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks bodies of lines: their results, and what bounds them. */
@Timeout(120)
class ScanLinesApplicationTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().with("gates.token", Evening.TOKEN);

  private Evening evening;

  @BeforeEach
  void prepare() {
    evening = new Evening(APPLICATION.client());
  }

  private static List<JsonNode> lines(Answer answer) {
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
    return answer.raw().body().lines().map(ScanLinesApplicationTest::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException cause) {
      throw new AssertionError(line, cause);
    }
  }

  @Test
  void eachLineHasAResultAndTheLastLineSaysThatAllAreThere() {
    Answer answer =
        evening.lines(
            evening.scan(1, evening.ticket())
                + "\n\nno JSON\n{\"a\": 1, \"a\": 2}\n"
                + evening.scan(2, evening.ticket()));
    List<JsonNode> lines = lines(answer);
    assertThat(lines)
        .extracting(line -> line.path("result").asText())
        .containsExactly("admitted", "invalid", "invalid", "admitted", "");
    assertThat(lines.get(1).path("detail").asText()).startsWith("Line 3 ");
    assertThat(lines.get(4).toString()).isEqualTo("{\"end\":\"complete\",\"scans\":4}");
  }

  @Test
  void aLineSetsTheClockOfTheDevice() {
    evening.open(Duration.ofHours(-3), Duration.ofMinutes(-30), false);
    Instant now = Instant.now().minus(Duration.ofHours(9));
    String offline =
        evening
            .scan(1, evening.ticket())
            .replace(
                "}",
                ", \"deviceMode\": \"offline\", \"scannedAt\": \"%s\"}"
                    .formatted(now.minus(Duration.ofHours(1))));
    List<JsonNode> lines =
        lines(evening.lines("{\"deviceTime\": \"%s\"}\n%s\n".formatted(now, offline)));
    assertThat(lines.get(0).path("result").asText()).isEqualTo("admitted");
    assertThat(lines(evening.lines("{\"deviceTime\": 7}\n")).get(0).path("result").asText())
        .isEqualTo("invalid");
  }

  @Test
  void moreThanTenThousandScansAreLeftForTheNextRequest() {
    StringBuilder body = new StringBuilder();
    for (int i = 1; i <= ScanLines.MOST_SCANS + 5; i++) {
      body.append(shortScan(i)).append('\n');
    }
    List<JsonNode> lines = lines(evening.lines(body.toString()));
    assertThat(lines).hasSize(ScanLines.MOST_SCANS + 1);
    assertThat(lines.get(ScanLines.MOST_SCANS).path("end").asText()).isEqualTo("limit");
    assertThat(lines.get(ScanLines.MOST_SCANS).path("scans").asInt())
        .isEqualTo(ScanLines.MOST_SCANS);
  }

  private String shortScan(long sequence) {
    return "{\"scanId\":\"%s\",\"gate\":\"%s\",\"sequence\":%d,\"code\":\"x\"}"
        .formatted(UUID.randomUUID(), evening.gate(), sequence);
  }

  /** A lock that another transaction holds makes the second chunk fail. */
  @Test
  void afterAFailureTheSameRequestCompletesAndRepeatsNothing() {
    String locked = evening.gate() + "-b";
    evening.register(locked);
    StringBuilder body = new StringBuilder();
    for (int i = 1; i <= 1_000; i++) {
      body.append(shortScan(i)).append('\n');
    }
    String last = shortScan(1).replace(evening.gate(), locked);
    evening.send(
        shortScan(1).replace(evening.gate(), locked).replace("\"sequence\":1", "\"sequence\":2"));
    try (Handle holder = APPLICATION.database().jdbi().open()) {
      holder.begin();
      holder.execute("SELECT FROM gate_series WHERE gate = ? FOR UPDATE", locked);
      List<JsonNode> lines = lines(evening.lines(body + last));
      assertThat(lines.get(1_000).path("end").asText()).isEqualTo("failure");
      assertThat(lines.get(1_000).path("code").asText()).isEqualTo("overloaded");
      assertThat(lines.get(1_000).path("scans").asInt()).isEqualTo(1_000);
      holder.rollback();
    }
    List<JsonNode> lines = lines(evening.lines(body + last));
    assertThat(lines.get(1_001).path("end").asText()).isEqualTo("complete");
    assertThat(lines.subList(0, 1_000)).allMatch(line -> line.path("repeated").asBoolean());
    assertThat(lines.get(1_000).has("repeated")).isFalse();
  }

  @Test
  void linesMayBeCompressed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(shortScan(1).getBytes(StandardCharsets.UTF_8));
    }
    String answer =
        RawConnection.exchange(
                APPLICATION.port(),
                "POST /v1/scans HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer %s\r\nContent-Type: application/x-ndjson\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(
                        Evening.TOKEN, bytes.size(), bytes.toString(StandardCharsets.ISO_8859_1)))
            .toString();
    assertThat(answer).contains("\"end\":\"complete\"");
  }

  /** The client would send a gigabyte, and stops when it has its answer. */
  @Test
  void aBodyWithoutEndIsCutAndItsFirstLinesAreApplied() throws Exception {
    try (RawConnection connection = RawConnection.to(APPLICATION.port())) {
      connection.send(
          "POST /v1/scans HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000000000\r\n\r\n"
              .formatted(Evening.TOKEN));
      String padding = " ".repeat(2_000);
      for (int sequence = 1; !connection.hasAnswer() && sequence < 10_000; sequence++) {
        connection.trySend(shortScan(sequence) + padding + "\n");
      }
      List<String> lines = new ArrayList<>(connection.readAll().lines().toList());
      assertThat(lines.get(0)).contains("200");
      String last =
          lines.stream().filter(line -> line.startsWith("{\"end\"")).findFirst().orElseThrow();
      assertThat(parse(last).path("end").asText()).isEqualTo("limit");
      assertThat(parse(last).path("scans").asInt()).isBetween(900, 1_100);
    }
  }

  @Test
  void aStrangersBodyOverTheLimitIsRejected() {
    String body = "x".repeat(100_000);
    Answer answer =
        APPLICATION
            .client()
            .send("POST", "/v1/scans", body, "Content-Type", "application/x-ndjson");
    assertThat(answer.status()).isEqualTo(413);
  }
}
