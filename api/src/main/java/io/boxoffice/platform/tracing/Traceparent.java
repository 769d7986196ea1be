package io.boxoffice.platform.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Carries the place in a trace as text (W3C Trace Context), in headers of HTTP and in events. The
 * header {@code tracestate} is not carried on.
 */
public final class Traceparent {
  /** The header, and the attribute of an event. */
  public static final String HEADER = "traceparent";

  /** Version, trace, span, flags; a later version may have more. */
  private static final Pattern FORM =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private Traceparent() {}

  /**
   * Returns the place of this thread's work in a recorded trace, for an event.
   *
   * @return null when there is no trace, or it is not recorded
   */
  public static String current() {
    SpanContext context = Span.current().getSpanContext();
    return context.isSampled() ? of(context) : null;
  }

  /**
   * Returns the place of this thread's work in its trace, for a request; also when the trace is not
   * recorded, so that the receiver does not record it either.
   *
   * @return null when there is no trace
   */
  public static String forRequest() {
    SpanContext context = Span.current().getSpanContext();
    return context.isValid() ? of(context) : null;
  }

  static String of(SpanContext context) {
    return "00-%s-%s-%s"
        .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex());
  }

  /**
   * Reads the place.
   *
   * @param text null for none
   * @return a context without a span if the text has another form
   */
  public static Context parse(String text) {
    Matcher form = FORM.matcher(text == null ? "" : text);
    if (!form.matches() || (text.startsWith("00-") && form.group(4) != null)) {
      return Context.root();
    }
    SpanContext context =
        SpanContext.createFromRemoteParent(
            form.group(1),
            form.group(2),
            TraceFlags.fromHex(form.group(3), 0),
            TraceState.getDefault());
    return context.isValid() ? Context.root().with(Span.wrap(context)) : Context.root();
  }
}
