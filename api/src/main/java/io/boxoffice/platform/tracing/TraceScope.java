package io.boxoffice.platform.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.slf4j.MDC;

/** Lets this thread work for a trace until it is closed. Its log lines have the trace's id. */
public final class TraceScope implements AutoCloseable {
  /** The key in the logging context, and in log lines of JSON. */
  public static final String LOG_KEY = "trace_id";

  private static final TraceScope NONE = new TraceScope(Scope.noop(), null, false);

  private final Scope scope;
  private final String before;
  private final boolean logged;

  private TraceScope(Scope scope, String before, boolean logged) {
    this.scope = scope;
    this.before = before;
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
      return new TraceScope(context.makeCurrent(), null, false);
    }
    String before = MDC.get(LOG_KEY);
    MDC.put(LOG_KEY, span.getTraceId());
    return new TraceScope(context.makeCurrent(), before, true);
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
    if (logged && before == null) {
      MDC.remove(LOG_KEY);
    } else if (logged) {
      MDC.put(LOG_KEY, before);
    }
  }
}
