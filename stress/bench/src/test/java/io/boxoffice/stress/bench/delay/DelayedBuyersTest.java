package io.boxoffice.stress.bench.delay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DelayedBuyersTest {
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  private final Set<String> paths = ConcurrentHashMap.newKeySet();
  private HttpServer server;

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void eachConnectionBuysAgainAfterItsAnswer() throws Exception {
    DelayedBuyers buyers = run(201, new CountDownLatch(50), aMinuteFromNow());
    assertThat(buyers.latencies().getTotalCount()).isGreaterThanOrEqualTo(40);
    assertThat(buyers.latencies().getMinValue()).isPositive();
    assertThat(buyers.statuses()).containsOnlyKeys(201);
    assertThat(buyers.broken()).isZero();
    assertThat(paths)
        .containsExactlyInAnyOrder("/v1/concerts/one/purchases", "/v1/concerts/two/purchases");
  }

  @Test
  void anAnswerWithoutATicketHasNoLatency() throws Exception {
    DelayedBuyers buyers = run(503, new CountDownLatch(50), aMinuteFromNow());
    assertThat(buyers.latencies().getTotalCount()).isZero();
    assertThat(buyers.statuses()).containsOnlyKeys(503);
  }

  @Test
  void whatIsAnsweredOutsideOfTheIntervalDoesNotCount() throws Exception {
    long past = System.nanoTime();
    DelayedBuyers buyers =
        run(201, new CountDownLatch(50), new DelayedBuyers.Interval(past - 1, past));
    assertThat(buyers.statuses()).isEmpty();
  }

  @Test
  void aConnectionThatBreaksIsReplaced() throws Exception {
    DelayedBuyers buyers = run(0, new CountDownLatch(50), aMinuteFromNow());
    assertThat(buyers.broken()).isGreaterThanOrEqualTo(40);
    assertThat(buyers.statuses()).isEmpty();
  }

  private static DelayedBuyers.Interval aMinuteFromNow() {
    long now = System.nanoTime();
    return new DelayedBuyers.Interval(now, now + TimeUnit.MINUTES.toNanos(1));
  }

  /** Buys over ten connections until the server has seen enough; status 0 closes the connection. */
  private DelayedBuyers run(int status, CountDownLatch seen, DelayedBuyers.Interval interval)
      throws IOException, InterruptedException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          paths.add(exchange.getRequestURI().getPath());
          exchange.getRequestBody().readAllBytes();
          if (status > 0) {
            exchange.sendResponseHeaders(status, BODY.length);
            exchange.getResponseBody().write(BODY);
          }
          exchange.close();
          seen.countDown();
        });
    server.start();
    DelayedBuyers buyers =
        new DelayedBuyers(server.getAddress().getPort(), List.of("one", "two"), 10, interval);
    try (buyers) {
      buyers.start();
      assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
    }
    return buyers;
  }
}
