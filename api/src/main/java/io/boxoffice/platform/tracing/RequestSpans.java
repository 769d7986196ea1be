package io.boxoffice.platform.tracing;

import io.boxoffice.platform.http.RequestIdFilter;
import io.boxoffice.platform.http.strict.RouteTable;
import io.dropwizard.core.setup.Environment;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;

/**
 * Gives each request of the application port a span, from its first byte to the end of its answer.
 * The span has the route and never the path, because the id of an order is enough to cancel it.
 */
public final class RequestSpans implements Filter, RequestLog {
  private static final String ATTRIBUTE = "boxoffice.trace";
  private static final String HEALTH = "/health";
  private static final int SERVER_ERROR = 500;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Tracing tracing;
  private final Predicate<HttpServletRequest> leftOut;
  private final RequestLog next;

  private RequestSpans(Tracing tracing, Predicate<HttpServletRequest> leftOut, RequestLog next) {
    this.tracing = tracing;
    this.leftOut = leftOut;
    this.next = next;
  }

  /**
   * Adds the filter, if spans are recorded. Call it before other filters are added.
   *
   * @param leftOut the requests without a span, besides those of the health check
   */
  public static void install(
      Environment environment, Tracing tracing, Predicate<HttpServletRequest> leftOut) {
    if (tracing.isOn()) {
      var filter =
          environment
              .servlets()
              .addFilter("traces", new RequestSpans(tracing, leftOut, (request, response) -> {}));
      filter.setAsyncSupported(true);
      filter.addMappingForUrlPatterns(
          EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), true, "/*");
    }
  }

  /** Returns a log that ends the span of each finished request, after the given log. */
  public static RequestLog ending(Tracing tracing, RequestLog log) {
    return tracing.isOn() ? new RequestSpans(tracing, request -> false, log) : log;
  }

  /** Returns the trace of a request; null if it has none, or it is not recorded. */
  public static SpanContext recorded(Request request) {
    Context context = (Context) request.getAttribute(ATTRIBUTE);
    SpanContext span =
        context == null ? SpanContext.getInvalid() : Span.fromContext(context).getSpanContext();
    return span.isSampled() ? span : null;
  }

  /** Returns the context of a request, without a span if it has none. */
  public static Context of(ServletRequest request) {
    Context context = (Context) request.getAttribute(ATTRIBUTE);
    return context == null ? Context.root() : context;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(ATTRIBUTE) == null
        && request.getDispatcherType() == DispatcherType.REQUEST) {
      begin((HttpServletRequest) request);
    }
    try (TraceScope ignored = TraceScope.of(of(request))) {
      chain.doFilter(request, response);
    }
  }

  private void begin(HttpServletRequest request) {
    if (request.getRequestURI().equals(HEALTH) || leftOut.test(request)) {
      return;
    }
    long begin = ServletContextRequest.getServletContextRequest(request).getBeginNanoTime();
    Context caller = callerOf(request);
    Span span =
        tracing
            .tracer()
            .spanBuilder(request.getMethod())
            .setSpanKind(SpanKind.SERVER)
            .setParent(caller)
            .setStartTimestamp(Instant.now().minusNanos(NanoTime.since(begin)))
            .startSpan();
    request.setAttribute(ATTRIBUTE, caller.with(span));
  }

  /** Two headers could name two traces, so neither counts. */
  private static Context callerOf(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders(Traceparent.HEADER));
    return headers.size() == 1 ? Traceparent.parse(headers.get(0)) : Context.root();
  }

  @Override
  public void log(Request request, Response response) {
    next.log(request, response);
    Context context = (Context) request.getAttribute(ATTRIBUTE);
    if (context == null) {
      return;
    }
    Span span = Span.fromContext(context);
    if (span.isRecording()) {
      describe(span, request, response.getStatus());
    }
    span.end();
  }

  private static void describe(Span span, Request request, int status) {
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "_OTHER";
    span.setAttribute("http.request.method", method);
    span.setAttribute("http.response.status_code", status);
    if (request.getAttribute(RouteTable.ATTRIBUTE) instanceof RouteTable.Route route) {
      span.updateName(method + " " + route.template());
      span.setAttribute("http.route", route.template());
    } else {
      span.updateName(method);
    }
    if (request.getAttribute(RequestIdFilter.ATTRIBUTE) instanceof String id) {
      span.setAttribute("boxoffice.request_id", id);
    }
    if (status >= SERVER_ERROR) {
      span.setStatus(StatusCode.ERROR);
    }
  }
}
