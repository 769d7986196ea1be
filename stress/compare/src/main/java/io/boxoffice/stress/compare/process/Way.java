package io.boxoffice.stress.compare.process;

/** A way to call partners, with the transport of its events. */
public enum Way {
  /** The thread of the request waits for each call. */
  BLOCKING("blocking", "", "blocking"),
  /** The request is suspended until all calls have ended. */
  NONBLOCKING("nonblocking", "", "nonblocking"),
  /** The request is answered after its commit; PostgreSQL carries the events. */
  EVENTS_POSTGRESQL("events", "postgresql", "events, PostgreSQL"),
  /** The same; RabbitMQ carries the events. */
  EVENTS_RABBITMQ("events", "rabbitmq", "events, RabbitMQ");

  private final String communication;
  private final String transport;
  private final String title;

  Way(String communication, String transport, String title) {
    this.communication = communication;
    this.transport = transport;
    this.title = title;
  }

  /** The value of the shop's setting COMMUNICATION. */
  public String communication() {
    return communication;
  }

  /** What carries the events; empty if no partner waits for them. */
  public String transport() {
    return transport;
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  /** Whether it needs a broker. */
  public boolean needsBroker() {
    return this == EVENTS_RABBITMQ;
  }
}
