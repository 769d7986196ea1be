package io.boxoffice.platform.database;

import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;

/** Opens a new session for each call: for the pool, and for work that needs no pool. */
public class Connector implements ManagedDataSource {
  private final String url;
  private final Properties properties = new Properties();

  /** Connects as the settings say. */
  Connector(DataSourceFactory settings) {
    this(settings, Map.of());
  }

  /** Connects as the settings say, with other values for some of the driver's properties. */
  public Connector(DataSourceFactory settings, Map<String, String> instead) {
    this(settings.getUrl(), settings, instead);
  }

  /**
   * Connects as the settings say, to another address. Properties in the address take precedence.
   */
  public Connector(String url, DataSourceFactory settings, Map<String, String> instead) {
    this.url = url;
    properties.putAll(settings.getProperties());
    properties.putAll(instead);
    if (settings.getUser() != null) {
      properties.setProperty("user", settings.getUser());
    }
    if (settings.getPassword() != null) {
      properties.setProperty("password", settings.getPassword());
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    return DriverManager.getConnection(url, properties);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("The settings name the user");
  }

  @Override
  public void start() throws Exception {}

  @Override
  public void stop() throws Exception {}

  @Override
  public PrintWriter getLogWriter() {
    return DriverManager.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("The driver has its own log");
  }

  @Override
  public int getLoginTimeout() {
    return Integer.parseInt(properties.getProperty("loginTimeout", "0"));
  }

  /**
   * Ignores the call: the pool would derive a limit from its own timeouts, and the properties
   * already set one.
   */
  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("This writes no log");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException("This wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
