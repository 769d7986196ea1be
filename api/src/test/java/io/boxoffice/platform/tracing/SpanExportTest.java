package io.boxoffice.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.StartupException;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.OtlpReceiver;
import io.opentelemetry.api.trace.TracerProvider;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that fails costs spans, and neither time nor memory. */
class SpanExportTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final MetricRegistry metrics = new MetricRegistry();

  private SpanExport open(String url) {
    return SpanExport.open(new TracingSettings(url, "test", BigDecimal.ONE), "1", metrics);
  }

  private static void record(TracerProvider spans, int count) {
    for (int i = 0; i < count; i++) {
      spans.get("test").spanBuilder("test").startSpan().end();
    }
  }

  private long count(String outcome) {
    return metrics.meter("tracing.spans." + outcome).getCount();
  }

  @Test
  void allSpansReachAReceiverThatWorks() {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      SpanExport export = open(receiver.url() + "/");
      record(export.spans(), 1_000);
      export.stop();
      assertThat(receiver.spans()).hasSize(1_000);
      assertThat(count("exported")).isEqualTo(1_000);
      assertThat(count("failed")).isZero();
    }
  }

  @Test
  @Timeout(60)
  void aReceiverThatHangsCostsOnlySpans() {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      receiver.hang();
      SpanExport export = open(receiver.url());
      long begin = System.nanoTime();
      record(export.spans(), 100_000);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
      Eventually.within(LIMIT, () -> count("failed") > 0);
      long stop = System.nanoTime();
      export.stop();
      assertThat(Duration.ofNanos(System.nanoTime() - stop)).isLessThan(Duration.ofSeconds(7));
      assertThat(count("finished")).isEqualTo(100_000);
      assertThat(count("exported")).isZero();
      assertThat(count("failed")).as("the others had no room").isLessThan(10_000);
    }
  }

  @Test
  void aReceiverThatIsAwayCostsOnlySpans() {
    String url;
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      url = receiver.url();
    }
    SpanExport export = open(url);
    record(export.spans(), 1_000);
    Eventually.within(LIMIT, () -> count("failed") == 1_000);
    export.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:4318",
        "http://example.com:4318",
        "https://a@b.example",
        "ftp://a",
        "http://jaeger:4318?a=b"
      })
  void anotherAddressStopsTheStart(String address) {
    assertThatThrownBy(() -> open(address))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("OTEL_EXPORTER_OTLP_ENDPOINT is not valid.");
  }
}
