package io.boxoffice.lab.database;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How several databases fail over, or how two sites sell. */
public enum Configuration {
  /** Synchronous replication and short leases: what docs/topologies.md recommends. */
  SHIPPED("shipped"),
  /** What Patroni does when nothing is set: asynchronous replication, long leases. */
  DEFAULT("default"),
  /**
   * No manager: a script promotes a standby when the primary does not answer, and does not stop the
   * old one. Of two sites, both sell one stock.
   */
  NAIVE("naive");

  private final String id;

  Configuration(String id) {
    this.id = id;
  }

  /** The name on the command line. */
  public String id() {
    return id;
  }

  /** All names. */
  public static String ids() {
    return Arrays.stream(values()).map(Configuration::id).collect(Collectors.joining("|"));
  }
}
