package io.boxoffice.platform.logging;

import io.boxoffice.platform.http.RequestIdFilter;
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

  /** Uses a request's id on this thread until the scope is closed; then the earlier id returns. */
  public static Scope of(String requestId) {
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
}
