package io.boxoffice.event.inbox;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Receiver;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Receives events for an effect in the database, and applies it once for each event. */
public final class EffectOnce implements Receiver {
  private final Jdbi jdbi;
  private final Inbox inbox;
  private final String consumer;
  private final Effect effect;

  /** Applies the effect for the consumer of this name. */
  public EffectOnce(Jdbi jdbi, Inbox inbox, String consumer, Effect effect) {
    this.jdbi = jdbi;
    this.inbox = inbox;
    this.consumer = consumer;
    this.effect = effect;
  }

  @Override
  public void receive(List<Event> events) {
    jdbi.useTransaction(
        transaction -> {
          List<Event> fresh = inbox.accept(transaction, consumer, events);
          if (!fresh.isEmpty()) {
            effect.apply(transaction, fresh);
          }
        });
  }
}
