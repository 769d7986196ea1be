package io.boxoffice.http;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that ask for more than the buffers of the network hold, and read none of it. */
class DeafClientsApplicationTest {
  private static final int THREADS = 12;
  private static final int CLIENTS = 2 * THREADS;

  /** Pages come from memory, so that what holds a thread is its client and not the database. */
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped()
          .with("server.maxThreads", Integer.toString(THREADS))
          .with("concertCacheMaxAge", "1s");

  private static final String PAGE = "/v1/concerts?limit=100";

  /** Threads that are held come free at the idle timeout, which must not pass for an answer. */
  private static final Duration HALF_THE_IDLE_TIMEOUT = Duration.ofSeconds(15);

  private static final int ASKED_BYTES = 8_000_000;

  @Test
  void clientsThatReadNothingHoldNoThread() throws Exception {
    ApiClient api = APPLICATION.client();
    String concert = "";
    for (int count = 0; count < 100; count++) {
      concert = api.createConcert(100, operator()).path("id").asText();
    }
    int pageBytes = api.get(PAGE).raw().body().length();
    assertThat(pageBytes).isBetween(20_000, 64 * 1024);
    String pages =
        "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
            .formatted(PAGE)
            .repeat(ASKED_BYTES / pageBytes);

    List<RawConnection> deaf = new ArrayList<>();
    try {
      for (int count = 0; count < CLIENTS; count++) {
        RawConnection client = RawConnection.deafTo(APPLICATION.port());
        deaf.add(client);
        client.send(pages);
      }
      String purchases = "/v1/concerts/" + concert + "/purchases";
      assertTimeoutPreemptively(
          HALF_THE_IDLE_TIMEOUT,
          () -> {
            for (int count = 0; count < 20; count++) {
              assertThat(api.post(purchases, Bodies.purchase(1)).status()).isEqualTo(201);
            }
          });
    } finally {
      for (RawConnection client : deaf) {
        client.close();
      }
    }
  }
}
