package io.boxoffice.database;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.db.ManagedPooledDataSource;
import io.dropwizard.jdbi3.JdbiFactory;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.tomcat.jdbc.pool.PoolExhaustedException;
import org.jdbi.v3.core.Jdbi;

/** Opens pools that tell their limit and count who waited for a connection in vain. */
final class WatchedPoolFactory extends JdbiFactory {
  private final MetricRegistry metrics;

  WatchedPoolFactory(MetricRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  protected Jdbi newInstance(ManagedDataSource pool) {
    int most = ((ManagedPooledDataSource) pool).getMaxActive();
    metrics.register("database.pool.max-connections", (Gauge<Integer>) () -> most);
    Meter timeouts = metrics.meter("database.pool.timeouts");
    return Jdbi.create(() -> borrow(pool, timeouts));
  }

  private static Connection borrow(ManagedDataSource pool, Meter timeouts) throws SQLException {
    try {
      return pool.getConnection();
    } catch (PoolExhaustedException inVain) {
      timeouts.mark();
      throw inVain;
    }
  }
}
