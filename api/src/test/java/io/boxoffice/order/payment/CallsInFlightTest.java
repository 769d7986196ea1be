package io.boxoffice.order.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestPartner;
import io.dropwizard.util.Duration;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checks that a call holds no thread while the partner works. */
class CallsInFlightTest {
  private static final int CALLS = 1000;

  /**
   * Two of the client, its selector, the timer of the JDK, and some of the JDK's pool that end at
   * once.
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
      threads.resetPeakThreadCount();
      int before = threads.getThreadCount();

      List<CompletableFuture<Charge>> calls =
          IntStream.range(0, CALLS).mapToObj(i -> shop.charge().toCompletableFuture()).toList();
      Eventually.within(java.time.Duration.ofMinutes(2), () -> partner.received().size() == CALLS);
      assertThat(shop.gauge("payments.in-flight.now")).isEqualTo(CALLS);
      assertThat(threads.getThreadCount() - before).isLessThan(FEW_THREADS);

      ready.complete(null);
      assertThat(calls.stream().map(CompletableFuture::join))
          .allMatch(charge -> charge.status() == Charge.Status.SUCCEEDED);
      assertThat(threads.getPeakThreadCount() - before).isLessThan(FEW_THREADS);
      assertThat(shop.gauge("payments.in-flight.now")).isZero();
    }
  }
}
