package io.boxoffice.platform.database;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.extension.ExtensionMethod;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Measures every statement under the name of its DAO method. It replaces Dropwizard's timers, which
 * cost more and have no buckets.
 */
final class StatementTimes implements SqlLogger {
  private final Histogram times;
  private final Map<Method, Histogram.Child> byMethod = new ConcurrentHashMap<>();
  private final Histogram.Child others;

  StatementTimes(CollectorRegistry prometheus) {
    this.times =
        Histogram.build(
                "database_statement_seconds",
                "Time until the database answered a statement, commits not included.")
            .labelNames("statement")
            .buckets(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 5)
            .register(prometheus);
    this.others = times.labels("other");
  }

  @Override
  public void logAfterExecution(StatementContext context) {
    observe(context);
  }

  @Override
  public void logException(StatementContext context, SQLException failure) {
    observe(context);
  }

  private void observe(StatementContext context) {
    // The elapsed time is measured with the wall clock, which may be set back in between.
    long nanos = Math.max(0, context.getElapsedTime(ChronoUnit.NANOS));
    child(context.getExtensionMethod()).observe((double) nanos / TimeUnit.SECONDS.toNanos(1));
  }

  private Histogram.Child child(ExtensionMethod called) {
    return called == null
        ? others
        : byMethod.computeIfAbsent(
            called.getMethod(),
            method ->
                times.labels(method.getDeclaringClass().getSimpleName() + "." + method.getName()));
  }
}
