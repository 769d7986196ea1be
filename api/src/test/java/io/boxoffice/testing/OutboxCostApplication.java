package io.boxoffice.testing;

import java.util.Map;

/**
 * Runs the service with or without the events of purchases, for the benchmark. The SQL of both
 * passes the same proxies. BENCH_OUTBOX says whether events are written.
 */
public final class OutboxCostApplication {
  private static final String EVENTS = "FROM sold\n)";

  private OutboxCostApplication() {}

  /** Runs a command of the service: {@code server config.yml} starts it. */
  public static void main(String[] arguments) throws Exception {
    boolean events = Boolean.parseBoolean(System.getenv("BENCH_OUTBOX"));
    new RewrittenSql(Map.of(EVENTS, events ? EVENTS : "FROM sold WHERE false\n)")).run(arguments);
  }
}
