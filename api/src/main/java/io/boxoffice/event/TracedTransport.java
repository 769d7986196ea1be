package io.boxoffice.event;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Backlog;
import io.boxoffice.event.transport.DeadLetters;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.tracing.TraceScope;
import io.boxoffice.platform.tracing.Traceparent;
import io.boxoffice.platform.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds spans to a transport. A publication is a trace of its own with links to the traces of its
 * events, because it has many of them. In the trace of an event, one span shows its time in the
 * outbox, and each try of a consumer has another one. Events without a recorded trace have no
 * spans.
 */
public final class TracedTransport implements Transport {
  /** The most links that a span keeps. */
  private static final int MOST_LINKS = 128;

  private static final String EVENT_ID = "messaging.message.id";
  private static final String EVENT_TYPE = "boxoffice.event.type";
  private static final String BATCH_SIZE = "messaging.batch.message_count";

  private final Transport transport;
  private final Tracing tracing;

  private TracedTransport(Transport transport, Tracing tracing) {
    this.transport = transport;
    this.tracing = tracing;
  }

  /** Returns the transport itself if no spans are recorded. */
  public static Transport of(Transport transport, Tracing tracing) {
    return tracing.isOn() ? new TracedTransport(transport, tracing) : transport;
  }

  @Override
  public void publish(List<Event> events) throws TransportException {
    List<Event> traced = events.stream().filter(event -> event.traceparent() != null).toList();
    if (traced.isEmpty()) {
      transport.publish(events);
      return;
    }
    Span span = publication(traced, events.size());
    try (TraceScope ignored = TraceScope.of(Context.root().with(span))) {
      transport.publish(events);
      traced.forEach(event -> waited(event, span));
      span.end();
    } catch (TransportException | RuntimeException failure) {
      Tracing.end(span, failure);
      throw failure;
    }
  }

  private Span publication(List<Event> traced, int size) {
    SpanBuilder span =
        tracing
            .tracer()
            .spanBuilder("publish")
            .setSpanKind(SpanKind.PRODUCER)
            .setNoParent()
            .setAttribute(BATCH_SIZE, size);
    traced.stream()
        .limit(MOST_LINKS)
        .map(event -> Span.fromContext(Traceparent.parse(event.traceparent())).getSpanContext())
        .forEach(span::addLink);
    return span.startSpan();
  }

  /** Records from when to when an event was in the outbox, in the trace of its change. */
  private void waited(Event event, Span publication) {
    Context change = Traceparent.parse(event.traceparent());
    if (!Span.fromContext(change).getSpanContext().isValid()) {
      return;
    }
    Instant now = Instant.now();
    tracing
        .tracer()
        .spanBuilder("outbox")
        .setSpanKind(SpanKind.PRODUCER)
        .setParent(change)
        // The clock of the database may be ahead.
        .setStartTimestamp(event.time().isAfter(now) ? now : event.time())
        .setAttribute(EVENT_ID, event.id().toString())
        .setAttribute(EVENT_TYPE, event.type())
        .addLink(publication.getSpanContext())
        .startSpan()
        .end();
  }

  @Override
  public Running subscribe(Subscription subscription, Receiver receiver) {
    return transport.subscribe(
        subscription, events -> receive(subscription.consumer(), receiver, events));
  }

  /** The receiver gets each event at the place of its own span, which calls can continue. */
  private void receive(String consumer, Receiver receiver, List<Event> events) throws Exception {
    List<Span> spans = new ArrayList<>();
    List<Event> placed = new ArrayList<>();
    for (Event event : events) {
      Span span = receipt(consumer, event, events.size());
      spans.add(span);
      try (TraceScope ignored = TraceScope.of(Context.root().with(span))) {
        placed.add(event.at(Traceparent.current()));
      }
    }
    // The work for several events is part of no trace.
    Context work = events.size() == 1 ? Context.root().with(spans.get(0)) : Context.root();
    try (TraceScope ignored = TraceScope.of(work)) {
      receiver.receive(placed);
      spans.forEach(Span::end);
    } catch (Exception failure) {
      spans.forEach(span -> Tracing.end(span, failure));
      throw failure;
    }
  }

  private Span receipt(String consumer, Event event, int size) {
    Span span =
        tracing.start(
            "receive " + consumer, SpanKind.CONSUMER, Traceparent.parse(event.traceparent()));
    if (span.isRecording()) {
      span.setAttribute(EVENT_ID, event.id().toString());
      span.setAttribute(EVENT_TYPE, event.type());
      span.setAttribute(BATCH_SIZE, size);
    }
    return span;
  }

  @Override
  public DeadLetters deadLetters() {
    return transport.deadLetters();
  }

  @Override
  public List<Backlog> backlogs() throws TransportException {
    return transport.backlogs();
  }

  @Override
  public void close() {
    transport.close();
  }
}
