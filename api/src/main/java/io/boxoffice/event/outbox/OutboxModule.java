package io.boxoffice.event.outbox;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.metrics.PeriodicGauges;
import io.dropwizard.lifecycle.Managed;
import org.jdbi.v3.core.Jdbi;

/**
 * Builds the outbox and its relay.
 *
 * @param outbox the way to publish events, for other features
 * @param relay publishes them while it runs
 */
public record OutboxModule(Outbox outbox, Managed relay) {

  /**
   * Registers the metrics, and builds the relay without a start.
   *
   * @param sessions opens a new session for each handle, without a pool
   * @param ids of events; they increase with time (UUID version 7)
   */
  public static OutboxModule install(
      Foundation foundation, Jdbi sessions, Transport transport, NoArgGenerator ids) {
    Jdbi jdbi = foundation.jdbi();
    // Without a first use at the Jdbi itself, each attachment to a handle would read the
    // annotations again.
    jdbi.useExtension(OutboxDao.class, unused -> {});
    RelaySignal signal = new RelaySignal(jdbi);
    foundation.environment().lifecycle().manage(signal);
    foundation
        .gauges()
        .add(
            "events.outbox.waiting",
            () -> jdbi.withExtension(OutboxDao.class, dao -> dao.count(PeriodicGauges.MOST_ROWS)));
    foundation
        .gauges()
        .add("events.outbox.oldest", () -> jdbi.withExtension(OutboxDao.class, OutboxDao::oldest));
    Relay relay =
        new Relay(
            sessions, transport, new RelayMetrics(foundation.environment().metrics()), Relay.BATCH);
    return new OutboxModule(new StoredOutbox(ids, signal::committed), relay);
  }
}
