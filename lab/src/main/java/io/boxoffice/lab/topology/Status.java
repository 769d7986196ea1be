package io.boxoffice.lab.topology;

import java.util.List;

/**
 * What a topology looks like at one moment.
 *
 * @param databases one line for each database
 * @param shops one line for each replica of the shop
 * @param complete whether every part runs and is where it should be
 */
public record Status(List<Database> databases, List<Shop> shops, boolean complete) {

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

  /** How many databases are primary. More than one is a split brain. */
  public long primaries() {
    return databases.stream().filter(one -> one.role() == Role.PRIMARY).count();
  }
}
