package io.boxoffice.partner;

/** Decides who calls a partner after a change. */
public enum Communication {
  /** The request's thread calls one partner after the other, and waits for each. */
  BLOCKING,
  /** The request waits without a thread, while the calls run side by side. */
  NONBLOCKING,
  /** The request is answered after its commit. Consumers of its events call the partners. */
  EVENTS
}
