package io.boxoffice.platform.metrics;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.http.strict.RouteTable;
import io.boxoffice.platform.tracing.RequestSpans;
import io.opentelemetry.api.trace.SpanContext;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;

/**
 * Counts and measures every request of the application port when Jetty has finished it, including
 * requests that Jetty or a filter answers. The route is a template, so the number of label values
 * does not grow with the number of ids.
 */
public final class HttpMetrics implements RequestLog {
  /** The request attribute with what the simulation did: delayed, denied or lost. */
  public static final String SIMULATED_ATTRIBUTE = "boxoffice.simulated";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final String APPLICATION_CONNECTOR = "application";

  private record Key(String method, String route, int status, String simulated) {}

  /** The meter and the histogram of one kind of request; one lookup finds both. */
  private record Series(Meter requests, Histogram.Child durations) {}

  private final MetricRegistry metrics;
  private final Map<Key, Series> series = new ConcurrentHashMap<>();
  private final Histogram durations;

  /**
   * Registers meters in Dropwizard's registry, and the histogram, which it cannot hold, in
   * Prometheus's.
   */
  public HttpMetrics(MetricRegistry metrics, CollectorRegistry prometheus) {
    this.metrics = metrics;
    this.durations =
        Histogram.build()
            .name("http_request_duration_seconds")
            .help("Time from a request's headers to the end of its answer.")
            .labelNames("method", "route", "simulated")
            .buckets(.001, .0025, .005, .01, .025, .05, .1, .2, .3, .5, 1, 1.5, 2, 2.5, 3, 4, 5, 10)
            .register(prometheus);
  }

  @Override
  public void log(Request request, Response response) {
    String connector = request.getConnectionMetaData().getConnector().getName();
    if (!APPLICATION_CONNECTOR.equals(connector)) {
      return;
    }
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
    Object mark = request.getAttribute(SIMULATED_ATTRIBUTE);
    String simulated = mark == null ? "none" : mark.toString();
    Series kind =
        series.computeIfAbsent(
            new Key(method, routeOf(request), response.getStatus(), simulated), this::newSeries);
    kind.requests().mark();
    observe(
        kind.durations(),
        (double) NanoTime.since(request.getBeginNanoTime()) / TimeUnit.SECONDS.toNanos(1),
        RequestSpans.recorded(request));
  }

  /** A bucket keeps the last recorded trace as its example. */
  private static void observe(Histogram.Child durations, double seconds, SpanContext trace) {
    if (trace == null) {
      durations.observe(seconds);
    } else {
      durations.observeWithExemplar(
          seconds, "trace_id", trace.getTraceId(), "span_id", trace.getSpanId());
    }
  }

  /** The route without dots, because dots separate the parts of a metric's name. */
  private static String routeOf(Request request) {
    Object route = request.getAttribute(RouteTable.ATTRIBUTE);
    return route == null ? "unmatched" : ((RouteTable.Route) route).template().replace('.', '_');
  }

  private Series newSeries(Key key) {
    Meter requests =
        metrics.meter(
            MetricRegistry.name(
                "http.requests",
                key.method(),
                key.route(),
                Integer.toString(key.status()),
                key.simulated()));
    return new Series(requests, durations.labels(key.method(), key.route(), key.simulated()));
  }
}
