package io.boxoffice.lab.topology;

import java.util.List;

/**
 * What a topology looks like at one moment.
 *
 * @param databases one line for each database
 * @param shops one line for each replica of the shop
 * @param sites one line for each site; empty with one site
 * @param complete whether every part runs and is where it should be
 */
public record Status(
    List<Database> databases, List<Shop> shops, List<Site> sites, boolean complete) {
  /** That of a topology with one site. */
  public Status(List<Database> databases, List<Shop> shops, boolean complete) {
    this(databases, shops, List.of(), complete);
  }

  /**
   * A database.
   *
   * @param role primary, standby or unknown
   * @param state what its manager or itself says of it, such as running or streaming
   * @param timeline of its write-ahead log; 0 if unknown
   * @param lagBytes how far it is behind the primary; -1 if unknown
   * @param synchronous whether commits wait for it
   */
  public record Database(
      String node, Role role, String state, int timeline, long lagBytes, boolean synchronous) {}

  /** What a database does. */
  public enum Role {
    PRIMARY,
    STANDBY,
    UNKNOWN
  }

  /**
   * A replica of the shop.
   *
   * @param ready whether it reports ready
   */
  public record Shop(String node, boolean ready) {}

  /**
   * A site, as its own database says.
   *
   * @param homes how many concerts it sells; -1 if unknown
   * @param epoch the highest of all concerts
   * @param ageSeconds how old the newest change of the other site is; NaN if unknown
   */
  public record Site(String name, long homes, long epoch, double ageSeconds) {}

  /** Whether there are more primaries than sites. */
  public boolean isSplit() {
    return primaries() > Math.max(1, sites.size());
  }

  /** How many databases are primary. */
  public long primaries() {
    return databases.stream().filter(one -> one.role() == Role.PRIMARY).count();
  }
}
