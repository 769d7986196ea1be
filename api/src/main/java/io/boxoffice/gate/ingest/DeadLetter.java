package io.boxoffice.gate.ingest;

/** Holds what is not applied, with the reason, as it is kept for an operator. */
final class DeadLetter {
  private final String reason;
  private final String detail;
  private final String gate;
  private final byte[] body;

  /**
   * Creates a dead letter.
   *
   * @param gate the routing key of the message
   * @param body a message that could be published again, or what cannot be read
   */
  DeadLetter(String reason, String detail, String gate, byte[] body) {
    this.reason = reason;
    this.detail = detail;
    this.gate = gate;
    this.body = body.clone();
  }

  /** The text of a {@link MessageProblem} or of an item's problem. */
  String reason() {
    return reason;
  }

  /** A sentence about the reason. */
  String detail() {
    return detail;
  }

  String gate() {
    return gate;
  }

  byte[] body() {
    return body.clone();
  }
}
