package io.boxoffice.platform.logging;

import ch.qos.logback.core.util.CachingDateFormatter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.boxoffice.platform.http.RequestIdFilter;
import io.boxoffice.platform.tracing.RequestSpans;
import io.boxoffice.platform.tracing.TraceScope;
import io.opentelemetry.api.trace.SpanContext;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;

/**
 * Logs one line with the request's id for each request that Jetty has finished. The line leaves out
 * the query, because operators search by e-mail address there.
 */
final class RequestLines implements RequestLog {
  /** The name of the logger in lines of JSON. */
  static final String LOGGER = "http.request";

  private static final String LEVEL = "INFO";
  private static final ObjectWriter JSON = new JsonMapper().writerFor(Line.class);

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Line(
      String timestamp,
      String level,
      String logger,
      String message,
      String method,
      String uri,
      int status,
      long contentLength,
      long requestTime,
      String remoteAddress,
      String requestId,
      @JsonProperty(TraceScope.LOG_KEY) String traceId,
      @JsonProperty(TraceScope.SPAN_LOG_KEY) String spanId,
      @JsonUnwrapped LogOrigin origin) {
    String text() {
      return timestamp
          + (" REQ   " + method + " " + uri + " " + status + " " + contentLength + " bytes ")
          + (requestTime + " ms " + remoteAddress)
          + (requestId == null
              ? ""
              : " [" + requestId + (traceId == null ? "" : " " + traceId) + "]");
    }

    String json() {
      try {
        return JSON.writeValueAsString(this);
      } catch (JsonProcessingException cause) {
        throw new UncheckedIOException(cause);
      }
    }
  }

  private final CachingDateFormatter timestamps =
      new CachingDateFormatter("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", ZoneOffset.UTC);
  private final LogFormat format;
  private final LogOrigin origin;
  private final Consumer<String> written;

  /**
   * Creates the log.
   *
   * @param origin of the lines; only lines of JSON have it
   * @param written receives each line, without its line end, on the thread that finished the
   *     request
   */
  RequestLines(LogFormat format, LogOrigin origin, Consumer<String> written) {
    this.format = format;
    this.origin = origin;
    this.written = written;
  }

  @Override
  public void log(Request request, Response response) {
    SpanContext trace = RequestSpans.recorded(request);
    String method = request.getMethod();
    String path = request.getHttpURI().getPath();
    int status = response.getStatus();
    Line line =
        new Line(
            timestamps.format(System.currentTimeMillis()),
            LEVEL,
            LOGGER,
            method + " " + path + " " + status,
            method,
            path,
            status,
            Response.getContentBytesWritten(response),
            NanoTime.millisSince(request.getBeginNanoTime()),
            Request.getRemoteAddr(request),
            response.getHeaders().get(RequestIdFilter.HEADER),
            trace == null ? null : trace.getTraceId(),
            trace == null ? null : trace.getSpanId(),
            origin);
    written.accept(format == LogFormat.TEXT ? line.text() : line.json());
  }
}
