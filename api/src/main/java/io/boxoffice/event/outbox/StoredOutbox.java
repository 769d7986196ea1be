package io.boxoffice.event.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.platform.logging.LogContext;
import io.boxoffice.platform.tracing.Traceparent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Writes events into the table that the relay reads. */
public final class StoredOutbox implements Outbox {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final NoArgGenerator ids;
  private final Runnable committed;

  /**
   * Creates the outbox.
   *
   * @param ids increase with time (UUID version 7)
   * @param committed is called after each commit with events; it returns at once
   */
  public StoredOutbox(NoArgGenerator ids, Runnable committed) {
    this.ids = ids;
    this.committed = committed;
  }

  @Override
  public Event add(
      Handle transaction,
      EventType type,
      UUID subject,
      UUID key,
      Instant time,
      Map<String, ?> data) {
    Event event =
        new Event(
            ids.generate(),
            Event.SHOP,
            type.text(),
            subject,
            key,
            time,
            json(data),
            Traceparent.current(),
            LogContext.requestId());
    transaction
        .attach(OutboxDao.class)
        .insert(
            event.id(),
            event.type(),
            subject,
            key,
            time,
            event.data(),
            event.traceparent(),
            event.requestId());
    transaction.afterCommit(committed);
    return event;
  }

  @Override
  public UUID[] ids(int count) {
    return Stream.generate(ids::generate).limit(count).toArray(UUID[]::new);
  }

  @Override
  public void added() {
    committed.run();
  }

  private static String json(Map<String, ?> data) {
    Map<String, Object> texts = new LinkedHashMap<>();
    data.forEach(
        (name, value) -> {
          if (value != null) {
            texts.put(
                name,
                value instanceof Number || value instanceof Boolean ? value : value.toString());
          }
        });
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
