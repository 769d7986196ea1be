package io.boxoffice.platform.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.boxoffice.platform.http.RequestIdFilter;
import io.boxoffice.platform.tracing.TraceScope;
import io.dropwizard.logging.common.DropwizardLayout;
import io.dropwizard.logging.common.layout.DiscoverableLayoutFactory;
import io.dropwizard.logging.json.EventJsonLayoutBaseFactory;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Set;
import java.util.TimeZone;

/**
 * Creates the layout {@code boxoffice}: one setting selects text or JSON, both with the ids of
 * requests and traces. JSON has the origin of the line too.
 */
@JsonTypeName("boxoffice")
public final class EventLayoutFactory implements DiscoverableLayoutFactory<ILoggingEvent> {
  @NotNull private final LogFormat format;
  @NotBlank private final String role;
  @NotNull private final String site;

  /**
   * Formats log lines in the given format.
   *
   * @param role of the process
   * @param site of the process; blank for none
   */
  @JsonCreator
  public EventLayoutFactory(
      @JsonProperty("format") LogFormat format,
      @JsonProperty("role") String role,
      @JsonProperty("site") String site) {
    this.format = format;
    this.role = role;
    this.site = site;
  }

  @Override
  public LayoutBase<ILoggingEvent> build(LoggerContext context, TimeZone timeZone) {
    if (format == LogFormat.TEXT) {
      DropwizardLayout text = new DropwizardLayout(context, timeZone);
      text.setPattern(
          "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,"
              + timeZone.getID()
              + "} %-5level %logger{0} [%X{requestId:--}%replace( %X{"
              + TraceScope.LOG_KEY
              + "}){'^ $', ''}] %msg%n%dwREx");
      return text;
    }
    EventJsonLayoutBaseFactory json = new EventJsonLayoutBaseFactory();
    json.setTimestampFormat("ISO_INSTANT");
    json.setIncludesMdcKeys(
        Set.of(RequestIdFilter.ATTRIBUTE, TraceScope.LOG_KEY, TraceScope.SPAN_LOG_KEY));
    json.setFlattenMdc(true);
    json.setAdditionalFields(LogOrigin.of(role, site).fields());
    return json.build(context, timeZone);
  }
}
