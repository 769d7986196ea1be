package io.boxoffice.faults;

/**
 * Describes a message that passes a proxy.
 *
 * @param request whether it goes from the side that opened the connection to the other one
 * @param label what the message is, for a person
 */
record Passage(Channel channel, boolean request, String label) {

  /** Between whom the message passes. */
  enum Channel {
    DATABASE,
    PARTNER,
    CLIENT,
    BROKER
  }

  /** Whether a second copy of the message has a meaning. */
  boolean canRepeat() {
    return request && (channel == Channel.PARTNER || channel == Channel.CLIENT);
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(channel, request ? ">" : "<", label);
  }
}
