package io.boxoffice.platform.http.server;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestApplication;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that clients cannot keep the server busy with little effort of their own. */
class SlowRequestsApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().with("requestBodyTimeout", "3s");

  private static final int SLOW_CLIENTS = 80;
  private static final String TWO_MEGABYTES = " ".repeat(2_000_000);

  private ApiClient api;
  private String purchases;

  @BeforeEach
  void createConcert() {
    api = APPLICATION.client();
    purchases =
        "/v1/concerts/" + api.createConcert(10, operator()).path("id").asText() + "/purchases";
  }

  @Test
  void aBodyAtTheLimitIsAcceptedAndOneByteMoreIsRejected() {
    String body = "{\"email\": \"ada@example.com\", \"quantity\": 1}";
    String largest = body + " ".repeat(64 * 1024 - body.length());

    assertThat(api.post(purchases, largest).status()).isEqualTo(201);
    assertThat(api.post(purchases, largest + " ").text("code")).isEqualTo("payload-too-large");
  }

  @Test
  void aLargeBodyWithContentLengthIsRejected() {
    ApiClient.Answer rejected = api.post(purchases, TWO_MEGABYTES);

    assertThat(rejected.status()).isEqualTo(413);
    assertThat(rejected.text("code")).isEqualTo("payload-too-large");
  }

  @Test
  void aLargeChunkedBodyIsRejected() throws Exception {
    try (RawConnection connection = RawConnection.to(APPLICATION.port())) {
      connection.send(
          "POST "
              + purchases
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
              + Integer.toHexString(TWO_MEGABYTES.length())
              + "\r\n"
              + TWO_MEGABYTES
              + "\r\n0\r\n\r\n");
      assertThat(connection.readAll())
          .startsWith("HTTP/1.1 413")
          .contains("application/problem+json")
          .contains("payload-too-large");
    }
  }

  @Test
  void eightySlowBodiesBlockNoThread() throws Exception {
    List<RawConnection> slow = new ArrayList<>();
    ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
    try {
      for (int i = 0; i < SLOW_CLIENTS; i++) {
        RawConnection connection = RawConnection.to(APPLICATION.port());
        connection.send(announce(1000) + "{");
        slow.add(connection);
      }
      ScheduledFuture<?> dripping =
          drip.scheduleAtFixedRate(
              () -> slow.forEach(connection -> connection.trySend(" ")), 1, 1, TimeUnit.SECONDS);

      // There are more slow clients than server threads, and none is rejected yet.
      assertThat(api.post(purchases, Bodies.purchase(1)).status()).isEqualTo(201);
      assertThat(slow.get(0).hasAnswer()).isFalse();

      for (RawConnection connection : slow) {
        assertThat(connection.readAll())
            .startsWith("HTTP/1.1 408")
            .contains("application/problem+json");
      }
      assertThat(dripping.isDone()).isFalse();
    } finally {
      drip.shutdownNow();
      for (RawConnection connection : slow) {
        connection.close();
      }
    }
  }

  @Test
  void aBodyInPiecesIsAccepted() throws Exception {
    String body = Bodies.purchase(1);
    try (RawConnection connection = RawConnection.to(APPLICATION.port())) {
      connection.send(announce(body.length()));
      for (int i = 0; i < body.length(); i++) {
        connection.send(body.substring(i, i + 1));
      }
      assertThat(connection.readAll()).startsWith("HTTP/1.1 201");
    }
  }

  @Test
  void aBodyThatIsTooLargeAfterDecompressionIsRejected() throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(TWO_MEGABYTES.getBytes(StandardCharsets.ISO_8859_1));
    }
    assertThat(compressed.size()).isLessThan(64 * 1024);
    try (RawConnection connection = RawConnection.to(APPLICATION.port())) {
      connection.send(
          announce(compressed.size()).replace("\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n")
              + compressed.toString(StandardCharsets.ISO_8859_1));
      assertThat(connection.readAll()).startsWith("HTTP/1.1 413").contains("payload-too-large");
    }
  }

  @Test
  void headersBeyondTheLimitAreRejected() {
    ApiClient.Answer rejected = api.get("/v1/concerts", "X-Large", "x".repeat(9000));

    assertThat(rejected.status()).isEqualTo(431);
    assertThat(rejected.text("code")).isEqualTo("headers-too-large");
  }

  @Test
  void malformedHttpIsRejected() throws Exception {
    try (RawConnection connection = RawConnection.to(APPLICATION.port())) {
      connection.send("HELLO\r\n\r\n");
      assertThat(connection.readAll())
          .startsWith("HTTP/1.1 400")
          .contains("application/problem+json")
          .contains("X-Content-Type-Options: nosniff");
    }
  }

  private String announce(int length) {
    return "POST "
        + purchases
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
        + "Content-Length: "
        + length
        + "\r\n\r\n";
  }
}
