package io.boxoffice.event.outbox;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.event.transport.Transport;
import org.jdbi.v3.core.Jdbi;

/** Runs a relay for tests of other packages. */
public final class TestRelay implements AutoCloseable {
  private final Relay relay;

  /** Starts a relay with a session of its own. */
  public TestRelay(Jdbi sessions, Transport transport) {
    relay = new Relay(sessions, transport, new RelayMetrics(new MetricRegistry()), Relay.BATCH);
    relay.start();
  }

  @Override
  public void close() throws InterruptedException {
    relay.stop();
  }
}
