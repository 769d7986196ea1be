package io.boxoffice.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.testing.TestDatabase;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.util.Duration;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class WatchedPoolDatabaseTest {

  @Test
  void whoeverWaitsInVainIsCounted() throws Exception {
    MetricRegistry metrics = new MetricRegistry();
    DatabaseSettings settings = TestDatabase.empty().settings();
    settings.setMaxSize(1);
    settings.setMaxWaitForConnection(Duration.milliseconds(50));
    ManagedDataSource pool = settings.build(metrics, "pool");
    pool.start();
    try {
      Jdbi jdbi = new WatchedPoolFactory(metrics).newInstance(pool);
      jdbi.useHandle(handle -> handle.execute("SELECT 1"));
      assertThat(timeouts(metrics)).isZero();

      try (Handle only = jdbi.open()) {
        assertThat(only.isClosed()).isFalse();
        assertThatThrownBy(jdbi::open).isInstanceOf(ConnectionException.class);
      }

      assertThat(timeouts(metrics)).isEqualTo(1);
      assertThat(metrics.getGauges().get("database.pool.max-connections").getValue()).isEqualTo(1);
    } finally {
      pool.stop();
    }
  }

  private static long timeouts(MetricRegistry metrics) {
    return metrics.meter("database.pool.timeouts").getCount();
  }
}
