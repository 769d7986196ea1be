package io.boxoffice.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.tracing.TraceScope;
import java.time.Instant;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class EventLayoutFactoryTest {
  private final LoggerContext context = new LoggerContext();

  private String line(EventLayoutFactory factory) {
    LayoutBase<ILoggingEvent> layout = factory.build(context, TimeZone.getTimeZone("UTC"));
    layout.start();
    LoggingEvent event =
        new LoggingEvent(
            "caller",
            context.getLogger("io.boxoffice.Sample"),
            Level.ERROR,
            "It failed",
            new IllegalStateException("the cause"),
            null);
    event.setMDCPropertyMap(
        Map.of(
            "requestId",
            "request-1",
            TraceScope.LOG_KEY,
            "0af7651916cd43dd8448eb211c80319c",
            TraceScope.SPAN_LOG_KEY,
            "b7ad6b7169203331",
            "other",
            "left out"));
    return layout.doLayout(event);
  }

  @Test
  void aLineOfJsonHasTheIdsAndTheOrigin() throws Exception {
    JsonNode line =
        new ObjectMapper().readTree(line(new EventLayoutFactory(LogFormat.JSON, "shop", "north")));
    assertThat(Instant.parse(line.path("timestamp").asText())).isBeforeOrEqualTo(Instant.now());
    assertThat(line.path("level").asText()).isEqualTo("ERROR");
    assertThat(line.path("logger").asText()).isEqualTo("io.boxoffice.Sample");
    assertThat(line.path("message").asText()).isEqualTo("It failed");
    assertThat(line.path("exception").asText()).contains("IllegalStateException", "the cause");
    assertThat(line.path("requestId").asText()).isEqualTo("request-1");
    assertThat(line.path("trace_id").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(line.path("span_id").asText()).isEqualTo("b7ad6b7169203331");
    assertThat(line.path("role").asText()).isEqualTo("shop");
    assertThat(line.path("site").asText()).isEqualTo("north");
    assertThat(line.path("version").asText()).isNotEmpty();
    assertThat(line.has("other")).isFalse();
  }

  @Test
  void oneSiteNeedsNoName() throws Exception {
    JsonNode line =
        new ObjectMapper().readTree(line(new EventLayoutFactory(LogFormat.JSON, "email", "")));
    assertThat(line.path("role").asText()).isEqualTo("email");
    assertThat(line.has("site")).isFalse();
  }

  @Test
  void aLineOfTextHasTheIds() {
    assertThat(line(new EventLayoutFactory(LogFormat.TEXT, "shop", "north")))
        .contains("ERROR Sample [request-1 0af7651916cd43dd8448eb211c80319c] It failed");
  }
}
