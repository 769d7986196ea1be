package io.boxoffice.lab.database;

import io.boxoffice.lab.topology.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Asks the database of a site what it knows of the homes and of the other site. */
final class SiteState {
  /** Without a row in site, no concert has a home, and all are sold here. */
  private static final String STATE =
      """
      SELECT (SELECT count(*) FROM concerts WHERE home IS NOT DISTINCT FROM (SELECT name FROM site)),
             (SELECT coalesce(max(epoch), 0) FROM concerts),
             (SELECT extract(epoch FROM clock_timestamp() - h.beat_at)::float8
              FROM site_heartbeats h JOIN site s ON h.site = s.peer),
             EXISTS (SELECT FROM site WHERE lost_at IS NOT NULL),
             (SELECT count(*) FROM pg_stat_replication
              WHERE application_name = '%s' AND state = 'streaming')
      """;

  private static final String VIEW =
      """
      SELECT home, epoch, (SELECT count(*) FROM conflicts WHERE concert_id = concerts.id)
      FROM concerts WHERE id = ?
      """;

  private SiteState() {}

  /**
   * What a site says of itself.
   *
   * @param isAlone whether it has taken the other one over
   * @param isReceived whether the other site receives its changes
   */
  record Answer(Status.Site site, boolean isAlone, boolean isReceived) {}

  /** Asks it; within some seconds. */
  static Answer of(Server server, String name, String peer) {
    try (Connection connection = server.connect(Credentials.SHOP);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STATE.formatted(SiteDatabase.subscription(peer)))) {
      row.next();
      Double age = row.getObject(3, Double.class);
      return new Answer(
          new Status.Site(name, row.getLong(1), row.getLong(2), age == null ? Double.NaN : age),
          row.getBoolean(4),
          row.getInt(5) > 0);
    } catch (SQLException noAnswer) {
      return new Answer(new Status.Site(name, -1, 0, Double.NaN), false, false);
    }
  }

  /** What a site says of one concert, for a reader. */
  static String view(Server server, String name, String concert) {
    try (Connection connection = server.connect(Credentials.SHOP);
        PreparedStatement statement = connection.prepareStatement(VIEW)) {
      statement.setObject(1, UUID.fromString(concert));
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? "%s says home %s, epoch %d, %d conflicts"
                .formatted(name, row.getString(1), row.getLong(2), row.getInt(3))
            : "%s does not have the concert".formatted(name);
      }
    } catch (SQLException noAnswer) {
      return "%s does not answer".formatted(name);
    }
  }
}
