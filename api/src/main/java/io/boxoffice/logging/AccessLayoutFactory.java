package io.boxoffice.logging;

import ch.qos.logback.access.common.spi.IAccessEvent;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.boxoffice.http.RequestIdFilter;
import io.dropwizard.logging.common.layout.DiscoverableLayoutFactory;
import io.dropwizard.logging.json.AccessAttribute;
import io.dropwizard.logging.json.AccessJsonLayoutBaseFactory;
import io.dropwizard.request.logging.layout.LogbackAccessRequestLayout;
import jakarta.validation.constraints.NotNull;
import java.util.EnumSet;
import java.util.Set;
import java.util.TimeZone;

/**
 * The layout {@code boxoffice-access}: a line for each request, with its id. The query stays out,
 * for operators search by e-mail address there.
 */
@JsonTypeName("boxoffice-access")
public final class AccessLayoutFactory implements DiscoverableLayoutFactory<IAccessEvent> {
  private final LogFormat format;

  /** Lays request lines out in the given format. */
  @JsonCreator
  public AccessLayoutFactory(@JsonProperty("format") @NotNull LogFormat format) {
    this.format = format;
  }

  @Override
  public LayoutBase<IAccessEvent> build(LoggerContext context, TimeZone timeZone) {
    if (format == LogFormat.TEXT) {
      LogbackAccessRequestLayout text = new LogbackAccessRequestLayout(context, timeZone);
      text.setPattern(
          "%t{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,"
              + timeZone.getID()
              + "} REQ   %m %requestURI %s %B bytes %D ms %a [%responseHeader{"
              + RequestIdFilter.HEADER
              + "}]");
      return text;
    }
    AccessJsonLayoutBaseFactory json = new AccessJsonLayoutBaseFactory();
    json.setTimestampFormat("ISO_INSTANT");
    json.setIncludes(
        EnumSet.of(
            AccessAttribute.TIMESTAMP,
            AccessAttribute.METHOD,
            AccessAttribute.REQUEST_URI,
            AccessAttribute.STATUS_CODE,
            AccessAttribute.CONTENT_LENGTH,
            AccessAttribute.REQUEST_TIME,
            AccessAttribute.REMOTE_ADDRESS));
    json.setResponseHeaders(Set.of(RequestIdFilter.HEADER));
    return json.build(context, timeZone);
  }
}
