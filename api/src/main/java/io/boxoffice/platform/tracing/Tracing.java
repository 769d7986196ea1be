package io.boxoffice.platform.tracing;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.StartupException;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Starts spans, and keeps work that changes its thread in its trace. While it is off, there is no
 * SDK, no span and no trace. Only requests and publications start traces; other work has spans only
 * as a part of a trace.
 */
public final class Tracing {
  private static final String SCOPE = "io.boxoffice";

  private final boolean on;
  private final Tracer tracer;

  private Tracing(boolean on, TracerProvider spans) {
    this.on = on;
    this.tracer = spans.get(SCOPE);
  }

  /** Returns a tracing that records nothing. */
  public static Tracing off() {
    return new Tracing(false, TracerProvider.noop());
  }

  /**
   * Returns the tracing of the settings. The start does not wait for the receiver.
   *
   * @param version of the service
   * @throws StartupException when the address of the receiver is not valid
   */
  public static Tracing install(
      TracingSettings settings,
      String version,
      LifecycleEnvironment lifecycle,
      MetricRegistry metrics) {
    if (!settings.isOn()) {
      return off();
    }
    SpanExport export = SpanExport.open(settings, version, metrics);
    lifecycle.manage(export);
    return new Tracing(true, export.spans());
  }

  /** Whether spans are recorded. */
  public boolean isOn() {
    return on;
  }

  /** Creates spans. */
  public Tracer tracer() {
    return tracer;
  }

  /**
   * Starts a span.
   *
   * @param parent a context without a span for none
   * @return a span that is not recorded if the parent has none
   */
  public Span start(String name, SpanKind kind, Context parent) {
    return Span.fromContext(parent).getSpanContext().isValid()
        ? tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan()
        : Span.getInvalid();
  }

  /**
   * Does work in a span that ends with the work's stage. What continues the returned stage works
   * for the caller's trace again. Without a trace, it only does the work.
   *
   * @param work is called at once, on this thread
   */
  public <T> CompletionStage<T> follow(
      String name, SpanKind kind, Supplier<CompletionStage<T>> work) {
    Context caller = Context.current();
    Span span = start(name, kind, caller);
    if (!span.getSpanContext().isValid()) {
      return work.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    try (TraceScope ignored = TraceScope.of(caller.with(span))) {
      var unused =
          work.get()
              .whenComplete(
                  (value, failure) -> {
                    end(span, failure);
                    try (TraceScope ignoredToo = TraceScope.of(caller)) {
                      if (failure == null) {
                        result.complete(value);
                      } else {
                        result.completeExceptionally(causeOf(failure));
                      }
                    }
                  });
    } catch (RuntimeException | Error failure) {
      end(span, failure);
      throw failure;
    }
    return result;
  }

  /** Ends a span, with the type of the failure if there is one; its text may contain data. */
  public static void end(Span span, Throwable failure) {
    if (failure != null) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute("error.type", causeOf(failure).getClass().getName());
    }
    span.end();
  }

  private static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Returns an executor whose tasks work for the trace of the thread that submits them. */
  public Executor carrying(Executor executor) {
    return on ? task -> executor.execute(carrying(task)) : executor;
  }

  private static Runnable carrying(Runnable task) {
    Context context = Context.current();
    if (!Span.fromContext(context).getSpanContext().isValid()) {
      return task;
    }
    return () -> {
      try (TraceScope ignored = TraceScope.of(context)) {
        task.run();
      }
    };
  }
}
