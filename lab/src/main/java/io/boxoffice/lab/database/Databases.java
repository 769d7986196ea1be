package io.boxoffice.lab.database;

import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.topology.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The databases that a shop uses as one. */
public interface Databases {
  /** The nodes that they run on. */
  List<Node> nodes();

  /** Starts them, and creates the user and the database of the shop. */
  void start();

  /** The JDBC address for the shop, without user and password. */
  String url();

  /** The node whose database takes writes; empty while there is none. */
  Optional<Node> primary();

  /** The state of each. */
  List<Status.Database> status();

  /** Whether all run and replicate. */
  boolean isComplete();

  /** Starts again what a fault has ended on a node. */
  void startAgain(Node node);

  /** Brings all back to a complete state, within limits. */
  void repair();

  /**
   * A connection of the shop's user to the primary.
   *
   * @throws SQLException when there is none now
   */
  Connection connect() throws SQLException;
}
