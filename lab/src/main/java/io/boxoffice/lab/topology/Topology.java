package io.boxoffice.lab.topology;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A set of nodes that sells tickets together. The lab starts one, sends load to its entrance,
 * injects its faults and reads its final state.
 */
public interface Topology extends AutoCloseable {
  /** The default of the shop's setting: how long a replica answers from its memory. */
  Duration CONCERT_CACHE_MAX_AGE = Duration.ofSeconds(1);

  /** The name on the command line. */
  String name();

  /**
   * Starts everything and waits, within limits, until it sells.
   *
   * @throws io.boxoffice.stress.bench.safety.BenchException when a part does not start
   */
  void start();

  /**
   * Where buyers send their requests: one address for each site. The first one is that of the site
   * that faults strike.
   */
  List<URI> entrances();

  /**
   * How old the stock in an answer about a concert may be; empty if some entrance promises no
   * bound.
   */
  default Optional<Duration> pageAge() {
    return Optional.of(CONCERT_CACHE_MAX_AGE);
  }

  /** The token of its operator. */
  String operatorToken();

  /**
   * A connection to the database that has the truth at the end of a trial.
   *
   * @throws SQLException when there is none now
   */
  Connection connect() throws SQLException;

  /**
   * What each site says of the home of a concert; empty with one site.
   *
   * @param concert its id
   */
  default String views(String concert) {
    return "";
  }

  /**
   * What its database and its manager record of a failover, for comparison with the lab's own
   * figures, within some seconds; empty if nothing manages a failover.
   */
  default Map<String, Object> evidence() {
    return Map.of();
  }

  /** What it looks like now; within 2 s. */
  Status status();

  /** The faults that it can have. */
  List<Fault> faults();

  /** Repairs what a trial has left, so that the next one finds a complete topology. */
  void repair();

  /** Stops all processes and removes all namespaces. */
  @Override
  void close();
}
