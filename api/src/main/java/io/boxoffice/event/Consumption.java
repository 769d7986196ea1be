package io.boxoffice.event;

import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.Transport;
import io.dropwizard.lifecycle.Managed;

/** Runs a subscription while the service runs. */
final class Consumption implements Managed {
  private final Transport transport;
  private final Subscription subscription;
  private final Receiver receiver;
  private Transport.Running running;

  Consumption(Transport transport, Subscription subscription, Receiver receiver) {
    this.transport = transport;
    this.subscription = subscription;
    this.receiver = receiver;
  }

  @Override
  public synchronized void start() {
    running = transport.subscribe(subscription, receiver);
  }

  @Override
  public synchronized void stop() {
    receiver.end();
    if (running != null) {
      running.close();
    }
  }
}
