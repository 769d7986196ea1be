package io.boxoffice.gate.code.format;

/** Says what the check of a ticket code found. */
public sealed interface CodeCheck {

  /** The shop signed the code. */
  record Genuine(TicketCode code) implements CodeCheck {}

  /** The shop did not sign this text. */
  record Refused(Reason reason) implements CodeCheck {}

  /** Why a code is refused. */
  enum Reason {
    /** It does not have the form of a ticket code. */
    MALFORMED,
    /** It begins as a ticket code and ends too early. */
    TRUNCATED,
    /** No known key has its number: the device needs newer keys, or the key is too old. */
    UNKNOWN_KEY,
    /** The key with its number did not sign it. */
    FORGED
  }
}
