package io.boxoffice.platform.database;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.database.embedded.EmbeddedServer;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.ValidationMethod;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds the connection pool's settings and distinguishes an external database from the embedded
 * one.
 */
public final class DatabaseSettings extends DataSourceFactory {
  private static final String EMBEDDED = "embedded";
  private static final String JDBC_PREFIX = "jdbc:postgresql:";
  private static final Duration LEAST_AGE = Duration.seconds(30);

  /** Whether DATABASE_URL names a server; otherwise the service starts its own. */
  public boolean isExternal() {
    return !EMBEDDED.equals(getUrl());
  }

  /**
   * Checks that the driver accepts the address.
   *
   * @throws StartupException when it does not; the message leaves the address out, because it may
   *     contain a password
   */
  public void requireUsableUrl() {
    if (isExternal() && !getUrl().startsWith(JDBC_PREFIX)) {
      throw new StartupException(
          "DATABASE_URL must be a JDBC address such as jdbc:postgresql://host:5432/boxoffice; put the user and the password into DATABASE_USER and DATABASE_PASSWORD.");
    }
  }

  /** Whether the pool accepts the limit on the age of its sessions. */
  @JsonIgnore
  @ValidationMethod(message = "maxConnectionAge (DATABASE_CONNECTION_MAX_AGE) must be 30s or more")
  public boolean isMaxConnectionAgeLongEnough() {
    return getMaxConnectionAge()
        .map(age -> age.toMilliseconds() >= LEAST_AGE.toMilliseconds())
        .orElse(true);
  }

  /** Connects the pool to an embedded server. */
  public void use(EmbeddedServer server) {
    setUrl(server.jdbcUrl());
    setUser(server.user());
    setPassword(server.password());
  }

  /** Sets the number of idle sessions. The pool opens as many at its start. */
  @Override
  public void setMinSize(int size) {
    super.setMinSize(size);
    setInitialSize(size);
  }

  @Override
  public ManagedDataSource build(MetricRegistry metrics, String name) {
    return SessionPool.open(this, metrics, name);
  }

  /**
   * The same database for schema changes, which may take long: without a pool, and without the
   * limits that keep a purchase short.
   */
  public DataSourceFactory forSchemaChanges() {
    DataSourceFactory unpooled =
        new DataSourceFactory() {
          @Override
          public ManagedDataSource build(MetricRegistry metrics, String name) {
            return new Connector(this);
          }
        };
    unpooled.setDriverClass(getDriverClass());
    unpooled.setUrl(getUrl());
    unpooled.setUser(getUser());
    unpooled.setPassword(getPassword());
    Map<String, String> properties = new LinkedHashMap<>(getProperties());
    properties.remove("options");
    properties.remove("socketTimeout");
    // The first connection in a new JVM also loads classes, which takes seconds on a busy machine.
    properties.put("loginTimeout", "20");
    unpooled.setProperties(properties);
    return unpooled;
  }
}
