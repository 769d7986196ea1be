package io.boxoffice.platform.http.server;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Checks that clients cannot block threads when they request more than the network buffers hold and
 * read none of it.
 */
class UnreadResponsesApplicationTest {
  private static final int THREADS = 12;
  private static final int CLIENTS = 2 * THREADS;

  /**
   * Pages come from the cache, so that only an unread response can block a thread, and not the
   * database.
   */
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped()
          .with("server.maxThreads", Integer.toString(THREADS))
          .with("concertCacheMaxAge", "1s");

  private static final String CONCERTS = "/v1/concerts?limit=100";
  private static final String LARGEST_FILE = "/page/swagger-ui-bundle.js";

  /** A blocked thread becomes free at the idle timeout. The test must end earlier. */
  private static final Duration HALF_THE_IDLE_TIMEOUT = Duration.ofSeconds(15);

  private static final int REQUESTED_BYTES = 8_000_000;

  private static ApiClient api;
  private static String purchases;

  @BeforeAll
  static void createConcerts() {
    api = APPLICATION.client();
    for (int count = 0; count < 100; count++) {
      String concert = api.createConcert(100, operator()).path("id").asText();
      purchases = "/v1/concerts/" + concert + "/purchases";
    }
  }

  @Test
  void unreadPagesBlockNoThread() throws Exception {
    assertThat(bytesOf(CONCERTS)).isBetween(20_000, 64 * 1024);
    assertThatPurchasesContinueBesideUnreadResponsesTo(CONCERTS);
  }

  @Test
  void unreadLargeFilesBlockNoThread() throws Exception {
    assertThat(bytesOf(LARGEST_FILE)).isGreaterThan(1_000_000);
    assertThatPurchasesContinueBesideUnreadResponsesTo(LARGEST_FILE);
  }

  private int bytesOf(String path) {
    return api.get(path).raw().body().length();
  }

  private void assertThatPurchasesContinueBesideUnreadResponsesTo(String path) throws Exception {
    String requests =
        "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
            .formatted(path)
            .repeat(REQUESTED_BYTES / bytesOf(path));
    List<RawConnection> unread = new ArrayList<>();
    try {
      for (int count = 0; count < CLIENTS; count++) {
        RawConnection client = RawConnection.deafTo(APPLICATION.port());
        unread.add(client);
        client.send(requests);
      }
      assertTimeoutPreemptively(
          HALF_THE_IDLE_TIMEOUT,
          () -> {
            for (int count = 0; count < 20; count++) {
              assertThat(api.post(purchases, Bodies.purchase(1)).status()).isEqualTo(201);
            }
          });
    } finally {
      for (RawConnection client : unread) {
        client.close();
      }
    }
  }
}
