package io.boxoffice.event.outbox;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Backlog;
import io.boxoffice.event.transport.DeadLetters;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.event.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Records what the relay publishes, and does what a test wants during each publication. */
final class RecordingTransport implements Transport {
  private final List<Event> published = new ArrayList<>();
  private volatile Step step = events -> {};

  /** What happens in a publication before it is recorded. */
  interface Step {
    void run(List<Event> events) throws Exception;
  }

  void during(Step next) {
    step = next;
  }

  @Override
  public void publish(List<Event> events) throws TransportException {
    try {
      step.run(events);
    } catch (Exception failure) {
      throw new TransportException("refused by the test", failure);
    }
    synchronized (this) {
      published.addAll(events);
    }
  }

  /** The data of all publications, repeated ones included. */
  synchronized List<String> all() {
    return published.stream().map(Event::data).toList();
  }

  synchronized Set<UUID> ids() {
    return published.stream().map(Event::id).collect(Collectors.toSet());
  }

  @Override
  public Running subscribe(Subscription subscription, Receiver receiver) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DeadLetters deadLetters() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Backlog> backlogs() {
    return List.of();
  }

  @Override
  public void close() {}
}
