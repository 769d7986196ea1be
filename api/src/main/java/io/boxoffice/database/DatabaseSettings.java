package io.boxoffice.database;

import io.boxoffice.StartupException;
import io.dropwizard.db.DataSourceFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** The connection pool's settings, which know an external database from the embedded one. */
public final class DatabaseSettings extends DataSourceFactory {
  private static final String EMBEDDED = "embedded";
  private static final String JDBC_PREFIX = "jdbc:postgresql:";

  /** Whether DATABASE_URL names a server; else the service starts its own. */
  public boolean isExternal() {
    return !EMBEDDED.equals(getUrl());
  }

  /**
   * Makes sure that the address is one that the driver takes.
   *
   * @throws StartupException when it is not; the message does not repeat it, for it may hold a
   *     password
   */
  public void requireUsableUrl() {
    if (isExternal() && !getUrl().startsWith(JDBC_PREFIX)) {
      throw new StartupException(
          "DATABASE_URL must be a JDBC address such as jdbc:postgresql://host:5432/boxoffice; put the user and the password into DATABASE_USER and DATABASE_PASSWORD.");
    }
  }

  /** Points the pool at an embedded server. */
  public void use(EmbeddedServer server) {
    setUrl(server.jdbcUrl());
    setUser(server.user());
    setPassword(server.password());
  }

  /**
   * The same database for schema changes, which may take long: one connection, without the limits
   * that keep a purchase short.
   */
  public DataSourceFactory forSchemaChanges() {
    DataSourceFactory single = new DataSourceFactory();
    single.setDriverClass(getDriverClass());
    single.setUrl(getUrl());
    single.setUser(getUser());
    single.setPassword(getPassword());
    Map<String, String> properties = new LinkedHashMap<>(getProperties());
    properties.remove("options");
    properties.remove("socketTimeout");
    // The first connection of a JVM that has just started loads what it needs: seconds, on a busy
    // machine.
    properties.put("loginTimeout", "20");
    single.setProperties(properties);
    single.asSingleConnectionPool();
    single.setMaxWaitForConnection(getMaxWaitForConnection());
    return single;
  }
}
