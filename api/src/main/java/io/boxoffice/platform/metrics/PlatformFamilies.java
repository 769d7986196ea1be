package io.boxoffice.platform.metrics;

import com.google.common.collect.ImmutableMap;
import java.util.List;

/** The families of requests, of the simulation, and of the database and Redis. */
final class PlatformFamilies {
  private PlatformFamilies() {}

  static final List<Exported> LIST =
      List.of(
          new Exported(
              "http.requests.*.*.*.*",
              "http_requests",
              "Requests that were answered, by what the simulation did to them.",
              ImmutableMap.of(
                  "method", "${0}", "route", "${1}", "status", "${2}", "simulated", "${3}")),
          new Exported(
              "io.dropwizard.jetty.MutableServletContextHandler.active-requests",
              "http_requests_in_flight",
              "Requests that are here in full and not yet answered, the waiting ones included."),
          new Exported(
              "http.limited.*",
              "http_limited_requests",
              "Requests that a rate limit refused.",
              ImmutableMap.of("policy", "${0}")),
          new Exported(
              "redis.requests.*.*",
              "redis_requests",
              "Requests to Redis, by what became of them.",
              ImmutableMap.of("use", "${0}", "outcome", "${1}")),
          new Exported(
              "redis.breaker.open",
              "redis_breaker_open",
              "1 while the service goes on without Redis, else 0."),
          new Exported(
              "simulation.delays.*",
              "simulation_delays",
              "Requests that a rule of the simulation delayed.",
              ImmutableMap.of("rule", "${0}")),
          new Exported(
              "simulation.denials.*",
              "simulation_denials",
              "Requests that a rule of the simulation denied.",
              ImmutableMap.of("rule", "${0}")),
          new Exported(
              "simulation.losses.*",
              "simulation_losses",
              "Answers that a rule of the simulation threw away.",
              ImmutableMap.of("rule", "${0}")),
          new Exported(
              "simulation.overflow",
              "simulation_overflow",
              "Requests that were not delayed because too many were waiting."),
          new Exported(
              "simulation.active-delays",
              "simulation_active_delays",
              "Requests that the simulation keeps waiting."),
          new Exported(
              "simulation.setting-version",
              "simulation_setting_version",
              "The version of the simulation's setting that this replica follows."),
          new Exported(
              "simulation.scenario-phase",
              "simulation_scenario_phase",
              "The number of the active scenario's phase, from 1; 0 without a scenario."),
          new Exported(
              "simulation.changed-timestamp",
              "simulation_changed_timestamp_seconds",
              "When the simulation's setting last changed, in seconds since 1970."),
          new Exported(
              "tracing.spans.*",
              "trace_spans",
              "Spans that ended, and those that the receiver of traces took or did not take.",
              ImmutableMap.of("outcome", "${0}")),
          logged("error"),
          logged("warn"),
          pool("active"),
          pool("idle"),
          pool("waiting"),
          new Exported(
              "database.pool.max-connections",
              "database_pool_max_connections",
              "Connections that the pool opens at most."),
          new Exported(
              "database.pool.timeouts",
              "database_pool_timeouts",
              "Waits for a connection of the pool that ended without one."),
          new Exported(
              "database.size", "database_size_bytes", "What the database takes on its disk."),
          new Exported(
              "database.replication-lag",
              "database_replication_lag_seconds",
              "How far the slowest standby is behind; no series where the server tells of none."),
          new Exported(
              "database.sync-standbys.wanted",
              "database_sync_standbys_wanted",
              "Synchronous standbys that a commit waits for."),
          new Exported(
              "database.sync-standbys.connected",
              "database_sync_standbys",
              "Synchronous standbys that are connected."),
          new Exported(
              "read-database.reads.*.*",
              "database_reads",
              "Reads that may be old, by the database that served them and why.",
              ImmutableMap.of("database", "${0}", "reason", "${1}")),
          new Exported(
              "read-database.age",
              "read_database_age_seconds",
              "How old the data of the read database are at most; grows while that is not known."),
          new Exported(
              "read-database.usable",
              "read_database_usable",
              "1 while reads that may be old go to the read database, else 0."),
          new Exported(
              "read-database.connections.*",
              "read_database_pool_connections",
              "Connections to the read database that are lent or idle, and reads that wait for one.",
              ImmutableMap.of("state", "${0}")));

  /** The name is that of Dropwizard's own appender, which counts all lines of loggers. */
  private static Exported logged(String level) {
    return new Exported(
        "ch.qos.logback.core.Appender." + level,
        "log_events",
        "Lines that loggers wrote, by their level; lines of requests are no part of them.",
        ImmutableMap.of("level", level));
  }

  private static Exported pool(String state) {
    return new Exported(
        "database.pool.connections." + state,
        "database_pool_connections",
        "Connections of the pool that are lent or idle, and requests that wait for one.",
        ImmutableMap.of("state", state));
  }
}
