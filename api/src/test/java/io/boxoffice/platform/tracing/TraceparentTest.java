package io.boxoffice.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TraceparentTest {
  private static final String RECORDED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String NOT_RECORDED =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

  private static SpanContext parse(String text) {
    return Span.fromContext(Traceparent.parse(text)).getSpanContext();
  }

  @Test
  void aPlaceIsReadAndWritten() {
    assertThat(Traceparent.of(parse(RECORDED))).isEqualTo(RECORDED);
    assertThat(parse(RECORDED).isSampled()).isTrue();
    assertThat(parse(RECORDED).isRemote()).isTrue();
    assertThat(parse(NOT_RECORDED).isSampled()).isFalse();
    assertThat(parse("cc" + RECORDED.substring(2) + "-more").isSampled()).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01"
      })
  void otherTextIsNoPlace(String text) {
    assertThat(parse(text).isValid()).isFalse();
  }

  @Test
  void onlyRequestsCarryATraceThatIsNotRecorded() {
    assertThat(Traceparent.current()).isNull();
    assertThat(Traceparent.forRequest()).isNull();
    try (TraceScope ignored = TraceScope.of(NOT_RECORDED)) {
      assertThat(Traceparent.current()).isNull();
      assertThat(Traceparent.forRequest()).isEqualTo(NOT_RECORDED);
      assertThat(MDC.get(TraceScope.LOG_KEY)).isNull();
    }
    try (TraceScope ignored = TraceScope.of(RECORDED)) {
      assertThat(Traceparent.current()).isEqualTo(RECORDED);
      assertThat(Traceparent.forRequest()).isEqualTo(RECORDED);
      assertThat(MDC.get(TraceScope.LOG_KEY)).isEqualTo("0af7651916cd43dd8448eb211c80319c");
      assertThat(MDC.get(TraceScope.SPAN_LOG_KEY)).isEqualTo("b7ad6b7169203331");
    }
    assertThat(MDC.get(TraceScope.SPAN_LOG_KEY)).isNull();
    assertThat(Traceparent.forRequest()).isNull();
    assertThat(MDC.get(TraceScope.LOG_KEY)).isNull();
  }
}
