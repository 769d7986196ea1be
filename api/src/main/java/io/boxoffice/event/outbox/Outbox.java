package io.boxoffice.event.outbox;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Publishes events for other features. */
public interface Outbox {

  /**
   * Publishes an event if the transaction commits. An event and the change that it reports
   * therefore exist both or not at all. Events about one row keep their order if the transaction
   * has locked that row.
   *
   * @param transaction the open transaction of the change
   * @param subject the id of the changed purchase, order, concert or account
   * @param key the id of the concert or account: events of one key keep their order
   * @param time when it changed
   * @param data what a consumer needs to know: text, numbers, ids and times, no address; null
   *     values are left out
   * @return the event, for what follows its commit
   */
  Event add(
      Handle transaction,
      EventType type,
      UUID subject,
      UUID key,
      Instant time,
      Map<String, ?> data);

  /**
   * Returns ids for events that the caller's own statement writes into the outbox.
   *
   * @param count 0 or more
   */
  UUID[] ids(int count);

  /**
   * Publishes soon what another statement than {@link #add} has written into the outbox, after its
   * commit. It returns at once. Without this call the relay finds the events within a second.
   */
  void added();
}
