package io.boxoffice.process.broken;

/**
 * Holds the bytes of a request and what a client may expect of its response.
 *
 * @param kind the defect of the request
 * @param wire the bytes to send, as characters of ISO-8859-1
 * @param rest the bytes to send after status 100, or the empty string
 * @param head whether the response has no body
 * @param asksToClose whether the connection may end after the response
 * @param ending how the connection continues after the request
 */
record BrokenRequest(
    String kind, String wire, String rest, boolean head, boolean asksToClose, Ending ending) {

  private static final int MOST_SURE_BYTES = 8000;

  /** How the connection continues after the request. */
  enum Ending {
    /**
     * The end of the request is clear. The connection stays usable unless the response closes it.
     */
    SOUND,
    /** The end of the request is unclear. A server that rejects it must close the connection. */
    HUNG_UP,
    /** The client waits for a response and then closes its side. */
    ANSWERED,
    /** The request may be incomplete. The client closes its side after it. */
    CUT_OFF
  }

  static BrokenRequest sound(String kind, Message message) {
    return new BrokenRequest(
        kind,
        message.head() + message.framedBody(),
        "",
        message.isHead(),
        message.asksToClose(),
        Ending.SOUND);
  }

  static BrokenRequest framed(String kind, String wire, Ending ending) {
    return new BrokenRequest(kind, wire, "", false, true, ending);
  }

  boolean isSound() {
    return ending == Ending.SOUND;
  }

  /**
   * Returns whether a connection reset may replace the response. This happens when a server rejects
   * a long head and leaves bytes unread.
   */
  boolean mayBeReset() {
    return !isSound() || wire.length() > MOST_SURE_BYTES;
  }

  /** Returns the method and the path, without ids and query. */
  String address() {
    return Latin.escaped(wire.lines().findFirst().orElse(""))
        .replaceFirst("(\\?.*)? \\S*$", "")
        .replaceAll("[0-9a-f-]{30,}", "{id}");
  }

  @Override
  public String toString() {
    return kind + ": " + Latin.escaped(wire + rest);
  }
}
