package io.boxoffice.event;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.event.inbox.Effect;
import io.boxoffice.event.inbox.EffectOnce;
import io.boxoffice.event.inbox.Inbox;
import io.boxoffice.event.inbox.OldNotes;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.event.outbox.OutboxModule;
import io.boxoffice.event.postgres.PostgresTransport;
import io.boxoffice.event.postgres.TransportCleanUp;
import io.boxoffice.event.rabbitmq.RabbitOptions;
import io.boxoffice.event.rabbitmq.RabbitTransport;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.database.Connector;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * Builds the parts of this feature from its settings: the outbox with its relay, the transport and
 * the list of dead letters.
 */
public final class EventModule {
  private static final Duration BETWEEN_DELETIONS = Duration.ofHours(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final LifecycleEnvironment lifecycle;
  private final OutboxModule outbox;
  private final Transport transport;
  private final Inbox inbox = new Inbox();

  private EventModule(
      Jdbi jdbi, LifecycleEnvironment lifecycle, OutboxModule outbox, Transport transport) {
    this.jdbi = jdbi;
    this.lifecycle = lifecycle;
    this.outbox = outbox;
    this.transport = transport;
  }

  /**
   * Registers the resource, the metrics and the deletion of what is old.
   *
   * @param database what the relay and each subscription open a session of their own to
   */
  public static EventModule install(
      Foundation foundation, EventSettings settings, DataSourceFactory database) {
    Jdbi jdbi = foundation.jdbi();
    LifecycleEnvironment lifecycle = foundation.environment().lifecycle();
    NoArgGenerator ids = Generators.timeBasedEpochGenerator(foundation.random());
    Jdbi sessions = sessions(database);
    Transport carrier =
        settings.rabbitmq().isOn()
            ? new RabbitTransport(
                settings.rabbitmq(), RabbitOptions.standard(), foundation.environment().metrics())
            : new PostgresTransport(jdbi, sessions, ids, FIRST_PAUSE);
    Transport transport = TracedTransport.of(carrier, foundation.tracing());
    lifecycle.manage(new AutoCloseableManager(transport));
    OutboxModule outbox = OutboxModule.install(foundation, sessions, transport, ids);
    foundation.environment().jersey().register(new DeadLetterResource(transport.deadLetters()));
    BacklogMetrics backlogs = new BacklogMetrics(transport, foundation.prometheus());
    lifecycle.manage(new RepeatedTask("event-backlogs", BETWEEN_LOOKS, backlogs::refresh));
    Duration retention = settings.retention().toJavaDuration();
    TransportCleanUp cleanUp = new TransportCleanUp(jdbi, retention);
    OldNotes notes = new OldNotes(jdbi, retention);
    lifecycle.manage(
        new RepeatedTask(
            "event-deletion",
            BETWEEN_DELETIONS,
            () -> {
              cleanUp.run();
              notes.delete();
            }));
    return new EventModule(jdbi, lifecycle, outbox, transport);
  }

  /** Opens a session for each handle, without the pool and its limit. */
  private static Jdbi sessions(DataSourceFactory database) {
    Jdbi sessions =
        Jdbi.create(new Connector(database, Map.of()))
            .installPlugin(new SqlObjectPlugin())
            .installPlugin(new PostgresPlugin());
    sessions
        .getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    return sessions;
  }

  /** The way to publish events, for other features. */
  public Outbox outbox() {
    return outbox.outbox();
  }

  /**
   * Publishes events from the start of the service on. The last feature to be built calls it: what
   * is published before a consumer starts for the first time is not delivered to it.
   */
  public void publish() {
    lifecycle.manage(outbox.relay());
  }

  /**
   * Applies an effect once for each event of a subscription, from the start of the service on.
   *
   * @param effect writes to the database; the consumer's name must stay the same for ever
   */
  public void consume(Subscription subscription, Effect effect) {
    subscribe(subscription, new EffectOnce(jdbi, inbox, subscription.consumer(), effect));
  }

  /**
   * Receives events from the start of the service on, each at least once.
   *
   * @param receiver is harmless when repeated; the consumer's name must stay the same for ever
   */
  public void subscribe(Subscription subscription, Receiver receiver) {
    lifecycle.manage(new Consumption(transport, subscription, receiver));
  }
}
