package io.boxoffice.stress.bench.sql;

import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.safety.Loopback;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The database of all loads of a run. */
public record BenchDatabase(String url, String user, String password) {

  /** Rejects every server that is not on this machine's loopback. */
  public BenchDatabase {
    Properties parsed = org.postgresql.Driver.parseURL(url, new Properties());
    if (parsed == null) {
      throw new BenchException("The database's address must begin with jdbc:postgresql://");
    }
    for (String host : List.of(parsed.getProperty("PGHOST", "localhost").split(",", -1))) {
      Loopback.require(host);
    }
  }

  /** A new connection. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /** Runs statements, each in a transaction of its own. */
  public void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException cause) {
      throw new BenchException("The database reported an error: " + cause.getMessage(), cause);
    }
  }

  /** The same server's database of another name. */
  public BenchDatabase named(String name) {
    return new BenchDatabase(url.replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1"), user, password);
  }

  /** The settings of the server that limit how fast it commits. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    String[] names = {
      "server_version",
      "fsync",
      "synchronous_commit",
      "full_page_writes",
      "wal_sync_method",
      "shared_buffers",
      "max_wal_size"
    };
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String name : names) {
        try (ResultSet row = statement.executeQuery("SHOW " + name)) {
          row.next();
          settings.put(name, row.getString(1));
        }
      }
    } catch (SQLException cause) {
      throw new BenchException("The database reported an error: " + cause.getMessage(), cause);
    }
    return settings;
  }

  @Override
  public String toString() {
    return url; // Without the password.
  }
}
