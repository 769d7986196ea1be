package io.boxoffice.order.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestPartner;
import io.dropwizard.util.Duration;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Checks that a call holds no thread while the partner works. */
class CallsInFlightTest {
  private static final int CALLS = 1000;
  private static final int AT_ONCE = 50;

  /**
   * Two of the client, its selector, the timer of the JDK, the eight of the partner, and a margin.
   */
  private static final int FEW_THREADS = 30;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Test
  void aThousandCallsNeedFewThreads() {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    try (TestPartner partner = TestPartner.start();
        Partners shop =
            new Partners(
                Partners.settings(partner.url(), Duration.minutes(5), CALLS, Partners.TOLERANT))) {
      partner.answers(TestPartner.charged().when(ready));
      int before = threads.getThreadCount();

      List<CompletableFuture<Charge>> calls = new ArrayList<>();
      while (calls.size() < CALLS) {
        // A partner on a slow machine would not accept a thousand connections within two seconds.
        for (int i = 0; i < AT_ONCE; i++) {
          calls.add(shop.charge().toCompletableFuture());
        }
        Eventually.within(
            java.time.Duration.ofMinutes(1), () -> partner.received().size() == calls.size());
      }
      assertThat(shop.gauge("payments.in-flight.now")).isEqualTo(CALLS);
      assertThat(threads.getThreadCount() - before).isLessThan(FEW_THREADS);

      ready.complete(null);
      assertThat(calls.stream().map(CompletableFuture::join))
          .allMatch(charge -> charge.status() == Charge.Status.SUCCEEDED);
      assertThat(shop.gauge("payments.in-flight.now")).isZero();
    }
  }
}
