package io.boxoffice.platform.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.logging.common.AppenderFactory;
import io.dropwizard.logging.common.async.AsyncLoggingEventAppenderFactory;
import io.dropwizard.logging.common.filter.NullLevelFilterFactory;
import io.dropwizard.request.logging.RequestLogFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.TimeZone;
import org.eclipse.jetty.server.RequestLog;
import org.slf4j.LoggerFactory;

/**
 * Creates the request log {@code boxoffice}, which has the request's id in both formats and leaves
 * out the query. Dropwizard's request log has no such field in JSON.
 */
@JsonTypeName("boxoffice")
public final class RequestLinesFactory implements RequestLogFactory<RequestLog> {
  @NotNull private final LogFormat format;
  @NotBlank private final String role;
  @NotNull private final String site;
  @Valid @NotNull private final List<AppenderFactory<ILoggingEvent>> appenders;

  /**
   * Writes lines of the given format to the given appenders, each on its own thread.
   *
   * @param role of the process
   * @param site of the process; blank for none
   */
  @JsonCreator
  public RequestLinesFactory(
      @JsonProperty("format") LogFormat format,
      @JsonProperty("role") String role,
      @JsonProperty("site") String site,
      @JsonProperty("appenders") List<AppenderFactory<ILoggingEvent>> appenders) {
    this.format = format;
    this.role = role;
    this.site = site;
    this.appenders = appenders;
  }

  @Override
  public boolean isEnabled() {
    return !appenders.isEmpty();
  }

  @Override
  public RequestLog build(String name) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    AppenderAttachableImpl<ILoggingEvent> attached = new AppenderAttachableImpl<>();
    for (AppenderFactory<ILoggingEvent> appender : appenders) {
      attached.addAppender(
          appender.build(
              context,
              name,
              RequestLinesFactory::bare,
              new NullLevelFilterFactory<>(),
              new AsyncLoggingEventAppenderFactory()));
    }
    return new RequestLines(
        format,
        LogOrigin.of(role, site),
        line -> attached.appendLoopOnAppenders(event(context, line)));
  }

  /**
   * Creates an event without a logger, because each server has its own appenders for its requests.
   */
  private static ILoggingEvent event(LoggerContext context, String line) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(context);
    event.setLoggerName(RequestLines.LOGGER);
    event.setLevel(Level.INFO);
    event.setMessage(line);
    return event;
  }

  private static PatternLayout bare(LoggerContext context, TimeZone timeZone) {
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout.setPattern("%msg%n");
    return layout;
  }
}
