package io.boxoffice.event.outbox;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.metrics.PeriodicGauges;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import org.jdbi.v3.core.Jdbi;

/** Builds the outbox and its relay. */
public final class OutboxModule {
  private OutboxModule() {}

  /**
   * Registers the relay and the metrics.
   *
   * @param sessions opens a new session for each handle, without a pool
   * @param ids of events; they increase with time (UUID version 7)
   * @return the way to publish events, for other features
   */
  public static Outbox install(
      Foundation foundation, Jdbi sessions, Transport transport, NoArgGenerator ids) {
    Jdbi jdbi = foundation.jdbi();
    // Without a first use at the Jdbi itself, each attachment to a handle would read the
    // annotations again.
    jdbi.useExtension(OutboxDao.class, unused -> {});
    LifecycleEnvironment lifecycle = foundation.environment().lifecycle();
    RelaySignal signal = new RelaySignal(jdbi);
    lifecycle.manage(
        new Relay(
            sessions,
            transport,
            new RelayMetrics(foundation.environment().metrics()),
            Relay.BATCH));
    lifecycle.manage(signal);
    foundation
        .gauges()
        .add(
            "events.outbox.waiting",
            () -> jdbi.withExtension(OutboxDao.class, dao -> dao.count(PeriodicGauges.MOST_ROWS)));
    foundation
        .gauges()
        .add("events.outbox.oldest", () -> jdbi.withExtension(OutboxDao.class, OutboxDao::oldest));
    return new StoredOutbox(ids, signal::committed);
  }
}
