package io.boxoffice.account.oidc.provider;

import static io.boxoffice.testing.TestProvider.METADATA;
import static io.boxoffice.testing.TestProvider.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.testing.TestProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryTest {
  private static final TestProvider PROVIDER = TestProvider.start();
  private static final String TEN_MEGABYTES = "x".repeat(10_000_000);

  /** Long enough for a slow machine, and short enough for the test of the limit. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final SetClock clock = new SetClock();

  @AfterEach
  void restore() {
    PROVIDER.restore(METADATA);
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  /** A clock that the test sets. */
  private static final class SetClock extends Clock {
    private Instant now = Instant.parse("2026-11-29T10:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private Discovery discovery(String issuer, Duration limit) {
    return new Discovery(URI.create(issuer), new ProviderClient(limit), clock);
  }

  private Discovery discovery() {
    return discovery(PROVIDER.issuer(), LIMIT);
  }

  @Test
  void metadataAreKeptForAnHourAndReadAgainAfterIt() throws Exception {
    Discovery discovery = discovery();
    ProviderMetadata first = discovery.metadata();
    assertThat(first.tokenEndpoint()).hasToString(PROVIDER.issuer() + TOKEN);
    int requests = PROVIDER.requests(METADATA);

    clock.pass(Duration.ofMinutes(59));
    assertThat(discovery.metadata()).isSameAs(first);
    assertThat(PROVIDER.requests(METADATA)).isEqualTo(requests);

    PROVIDER.replace(METADATA, 200, PROVIDER.metadata().replace("/shop/token", "/shop/moved"));
    requests = PROVIDER.requests(METADATA);
    clock.pass(Duration.ofMinutes(1));
    assertThat(discovery.metadata().tokenEndpoint()).hasToString(PROVIDER.issuer() + "/moved");
    assertThat(PROVIDER.requests(METADATA)).isEqualTo(requests + 1);
  }

  @Test
  void afterAFailureTheProviderHasAPause() throws Exception {
    Discovery discovery = discovery();
    PROVIDER.replace(METADATA, 503, "{}");
    int requests = PROVIDER.requests(METADATA);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(discovery::metadata).hasMessageContaining("answered 503");
    }
    assertThat(PROVIDER.requests(METADATA)).isEqualTo(requests + 1);

    PROVIDER.restore(METADATA);
    clock.pass(Discovery.PAUSE.minusMillis(1));
    assertThatThrownBy(discovery::metadata).isInstanceOf(ProviderException.class);
    clock.pass(Duration.ofMillis(1));
    assertThat(discovery.metadata()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "200,rubbish,without a JSON object",
    "200,[],names itself 'null'",
    "200,{},names itself 'null'",
    "200,large,sent more than 262144 bytes",
    "200,another-issuer,names itself 'https://evil.example'",
    "200,insecure-endpoint,has no HTTPS address as 'token_endpoint'",
    "404,{},answered 404",
    "302,{},answered 302",
  })
  void otherMetadataAreRejectedWithTheReason(int status, String kind, String reason) {
    String right = PROVIDER.metadata();
    PROVIDER.replace(
        METADATA,
        status,
        switch (kind) {
          case "large" -> TEN_MEGABYTES;
          case "another-issuer" ->
              right.replace("\"%s\"".formatted(PROVIDER.issuer()), "\"https://evil.example\"");
          case "insecure-endpoint" ->
              right.replace(PROVIDER.issuer() + TOKEN, "http://example.com/token");
          default -> kind;
        });
    assertThatThrownBy(discovery()::metadata).hasMessageContaining(reason);
  }

  /** The head of a response arrives at once, and its body never ends. */
  @Test
  void aBodyThatNeverEndsEndsAtTheTimeLimit() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread endless = new Thread(() -> answerWithoutAnEnd(server), "endless");
      endless.setDaemon(true);
      endless.start();
      String issuer = "http://localhost:%d/shop".formatted(server.getLocalPort());
      assertThatThrownBy(discovery(issuer, Duration.ofMillis(500))::metadata)
          .hasMessageContaining("did not answer within 500 ms");
    }
  }

  private static void answerWithoutAnEnd(ServerSocket server) {
    List<Socket> open = new ArrayList<>();
    try {
      while (true) {
        Socket connection = server.accept();
        open.add(connection);
        connection
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException closed) {
      assertThat(open).isNotEmpty();
    }
  }
}
