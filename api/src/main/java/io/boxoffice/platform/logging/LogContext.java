package io.boxoffice.platform.logging;

import io.boxoffice.platform.http.RequestIdFilter;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.MDC;

/** Puts the id of a request into the log lines of work that runs later or on another thread. */
public final class LogContext {
  private LogContext() {}

  /** Ends the use of a request's id. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /** Returns the id of the request that this thread works for; null when there is none. */
  public static String requestId() {
    return MDC.get(RequestIdFilter.ATTRIBUTE);
  }

  /**
   * Uses a request's id on this thread until the scope is closed; then the earlier id returns.
   *
   * @param requestId null to leave the thread as it is
   */
  public static Scope of(String requestId) {
    if (requestId == null) {
      return () -> {};
    }
    String before = requestId();
    MDC.put(RequestIdFilter.ATTRIBUTE, requestId);
    return () -> {
      if (before == null) {
        MDC.remove(RequestIdFilter.ATTRIBUTE);
      } else {
        MDC.put(RequestIdFilter.ATTRIBUTE, before);
      }
    };
  }

  /** Returns an executor whose tasks work for the request of the thread that submits them. */
  public static Executor carrying(Executor executor) {
    return task -> {
      String requestId = requestId();
      executor.execute(
          () -> {
            try (Scope ignored = of(requestId)) {
              task.run();
            }
          });
    };
  }

  /** Returns a function that works for the request of this thread, on whatever thread it runs. */
  public static <T, R> Function<T, R> continuing(Function<T, R> work) {
    String requestId = requestId();
    return value -> {
      try (Scope ignored = of(requestId)) {
        return work.apply(value);
      }
    };
  }
}
