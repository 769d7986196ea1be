package io.boxoffice.lab.database;

import io.boxoffice.lab.topology.Status;
import io.boxoffice.lab.topology.Status.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks a server without a manager what it is. */
final class ServerState {
  private static final String STATE =
      """
      SELECT pg_is_in_recovery(),
             (SELECT timeline_id FROM pg_control_checkpoint()),
             CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() - '0/0'::pg_lsn
                  ELSE pg_current_wal_lsn() - '0/0'::pg_lsn END,
             (SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming')
      """;

  private ServerState() {}

  /**
   * What a server says of itself.
   *
   * @param position of its write-ahead log; 0 if unknown
   */
  record Answer(Status.Database database, long position) {}

  /** Asks it; within some seconds. */
  static Answer of(Server server) {
    String name = server.node().name();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STATE)) {
      row.next();
      boolean standby = row.getBoolean(1);
      String state = !standby ? "running" : row.getInt(4) > 0 ? "streaming" : "waiting";
      return new Answer(
          new Status.Database(
              name, standby ? Role.STANDBY : Role.PRIMARY, state, row.getInt(2), -1, false),
          row.getLong(3));
    } catch (SQLException noAnswer) {
      return new Answer(new Status.Database(name, Role.UNKNOWN, "no answer", 0, -1, false), 0);
    }
  }
}
