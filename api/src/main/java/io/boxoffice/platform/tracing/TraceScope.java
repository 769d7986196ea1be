package io.boxoffice.platform.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.slf4j.MDC;

/**
 * Lets this thread work for a trace until it is closed. Its log lines have the ids of the trace and
 * of the span.
 */
public final class TraceScope implements AutoCloseable {
  /** The key of the trace in the logging context, and in log lines of JSON. */
  public static final String LOG_KEY = "trace_id";

  /** The key of the span, likewise. */
  public static final String SPAN_LOG_KEY = "span_id";

  private static final TraceScope NONE = new TraceScope(Scope.noop(), null, null, false);

  private final Scope scope;
  private final String traceBefore;
  private final String spanBefore;
  private final boolean logged;

  private TraceScope(Scope scope, String traceBefore, String spanBefore, boolean logged) {
    this.scope = scope;
    this.traceBefore = traceBefore;
    this.spanBefore = spanBefore;
    this.logged = logged;
  }

  /** Enters a context; one without a span leaves the thread as it is. */
  @SuppressWarnings("MustBeClosedChecker") // The returned scope closes it.
  public static TraceScope of(Context context) {
    SpanContext span = Span.fromContext(context).getSpanContext();
    if (!span.isValid()) {
      return NONE;
    }
    if (!span.isSampled()) {
      return new TraceScope(context.makeCurrent(), null, null, false);
    }
    String traceBefore = MDC.get(LOG_KEY);
    String spanBefore = MDC.get(SPAN_LOG_KEY);
    MDC.put(LOG_KEY, span.getTraceId());
    MDC.put(SPAN_LOG_KEY, span.getSpanId());
    return new TraceScope(context.makeCurrent(), traceBefore, spanBefore, true);
  }

  /**
   * Enters the place that an event carries.
   *
   * @param traceparent null to leave the thread as it is
   */
  public static TraceScope of(String traceparent) {
    return traceparent == null ? NONE : of(Traceparent.parse(traceparent));
  }

  @Override
  public void close() {
    scope.close();
    if (logged) {
      restore(LOG_KEY, traceBefore);
      restore(SPAN_LOG_KEY, spanBefore);
    }
  }

  private static void restore(String key, String before) {
    if (before == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, before);
    }
  }
}
