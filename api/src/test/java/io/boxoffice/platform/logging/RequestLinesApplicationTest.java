package io.boxoffice.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestLinesApplicationTest {
  private static final Path TEXT_FILE = temporaryFile();
  private static final Path JSON_FILE = temporaryFile();

  @RegisterExtension private static final TestApplication TEXT = writing("text", TEXT_FILE);

  @RegisterExtension private static final TestApplication JSON = writing("json", JSON_FILE);

  @Test
  void aRequestIsATextLine() {
    TEXT.client().get("/v1/concerts?artist=private", "X-Request-Id", "text-1");

    String line = lineWith("text-1", TEXT_FILE);
    assertThat(line)
        .matches(
            "[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}Z REQ {3}GET /v1/concerts 200 [0-9]+ bytes [0-9]+ ms"
                + " 127\\.0\\.0\\.1 \\[text-1]");
    assertThat(line).doesNotContain("private");
  }

  @Test
  void aRequestIsAJsonLine() throws Exception {
    Instant begin = Instant.now().minusMillis(1);
    ApiClient.Answer answer =
        JSON.client().get("/v1/concerts/" + UUID.randomUUID(), "X-Request-Id", "json-1");

    JsonNode line = new ObjectMapper().readTree(lineWith("json-1", JSON_FILE));
    assertThat(Instant.parse(line.path("timestamp").asText())).isBetween(begin, Instant.now());
    assertThat(line.path("method").asText()).isEqualTo("GET");
    assertThat(line.path("uri").asText()).isEqualTo(answer.raw().uri().getPath());
    assertThat(line.path("status").asInt()).isEqualTo(404);
    assertThat(line.path("contentLength").asInt()).isEqualTo(answer.raw().body().length());
    assertThat(line.path("requestTime").asInt(-1)).isBetween(0, 30_000);
    assertThat(line.path("remoteAddress").asText()).isEqualTo("127.0.0.1");
    assertThat(line.path("requestId").asText()).isEqualTo("json-1");
    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("logger").asText()).isEqualTo("http.request");
    assertThat(line.path("message").asText())
        .isEqualTo("GET " + answer.raw().uri().getPath() + " 404");
    assertThat(line.path("role").asText()).isEqualTo("shop");
    assertThat(line.path("version").asText()).isNotEmpty();
    assertThat(line.has("site")).isFalse();
  }

  @Test
  void aLineWithAnyPathIsValidJson() throws Exception {
    String path = "/v1/\"quoted\"\\json-2";
    send(JSON, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    JsonNode line = new ObjectMapper().readTree(lineWith("json-2", JSON_FILE));
    assertThat(line.path("uri").asText()).isEqualTo(path);
  }

  @Test
  void malformedHttpHasALineToo() throws Exception {
    send(TEXT, "HELLO\r\n\r\n");

    assertThat(lineWith(" 400 ", TEXT_FILE)).contains(" REQ ").contains("127.0.0.1");
  }

  private static void send(TestApplication application, String text) throws IOException {
    try (RawConnection connection = RawConnection.to(application.port())) {
      connection.send(text);
      connection.readAll();
    }
  }

  private static TestApplication writing(String format, Path file) {
    return TestApplication.shipped()
        .with("server.requestLog.format", format)
        .with("server.requestLog.appenders[0].type", "file")
        .with("server.requestLog.appenders[0].archive", "false")
        .with("server.requestLog.appenders[0].currentLogFilename", file.toString());
  }

  private static Path temporaryFile() {
    try {
      Path file = Files.createTempFile("requests", ".log");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException noTemporaryDirectory) {
      throw new UncheckedIOException(noTemporaryDirectory);
    }
  }

  private static String lineWith(String text, Path file) {
    Eventually.within(Duration.ofSeconds(10), () -> !linesWith(text, file).isEmpty());
    assertThat(linesWith(text, file)).hasSize(1);
    return linesWith(text, file).get(0);
  }

  private static List<String> linesWith(String text, Path file) {
    try {
      return Files.readAllLines(file).stream().filter(line -> line.contains(text)).toList();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
