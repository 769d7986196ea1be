package io.boxoffice.purchase.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Says how a statement names the concerts of its batch. A kept plan leaves out the partitions of
 * other concerts only if it compares with one value, and not with an array (PostgreSQL 18 manual,
 * chapter 5.12.4). Most batches are of one concert.
 */
enum Concerts {
  ONE("= ?"),
  SEVERAL("= ANY (?)");

  private final String comparison;

  Concerts(String comparison) {
    this.comparison = comparison;
  }

  static Concerts of(List<UUID> concerts) {
    return concerts.size() == 1 ? ONE : SEVERAL;
  }

  /** Returns what follows the name of the column in a statement. */
  String comparison() {
    return comparison;
  }

  /** Sets the parameter of the comparison. */
  static void set(PreparedStatement statement, int index, List<UUID> concerts) throws SQLException {
    if (of(concerts) == ONE) {
      statement.setObject(index, concerts.get(0));
    } else {
      statement.setArray(index, PlainJdbc.uuids(statement, concerts.stream()));
    }
  }
}
