package io.boxoffice.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.limit.Policy.Scope;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusalsTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Refusals.class);

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong now = new AtomicLong();
  private final MetricRegistry metrics = new MetricRegistry();
  private final Refusals refusals =
      new Refusals(
          TestPolicies.of("sign-in", 1, Duration.seconds(1), Scope.FLEET), metrics, now::get);

  @BeforeEach
  void start() {
    lines.start();
    LOG.addAppender(lines);
  }

  @AfterEach
  void stop() {
    LOG.detachAppender(lines);
  }

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      refusals.add();
    }
  }

  private List<String> messages() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void aFloodIsCountedInFullAndLoggedOnceAMinute() {
    add(1_000);
    now.addAndGet(TimeUnit.SECONDS.toNanos(59));
    add(1_000);
    assertThat(messages())
        .containsExactly("The rate limit sign-in has refused 1 requests since its last line");

    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    add(1);
    assertThat(messages())
        .hasSize(2)
        .last()
        .isEqualTo("The rate limit sign-in has refused 2000 requests since its last line");
    assertThat(metrics.meter("http.limited.sign-in").getCount()).isEqualTo(2_001);
  }
}
