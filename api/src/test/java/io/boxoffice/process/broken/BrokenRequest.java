package io.boxoffice.process.broken;

/**
 * A request as it goes over the wire, and what a client may expect of its answer.
 *
 * @param kind what is wrong with it
 * @param wire its bytes, as characters of ISO-8859-1
 * @param rest what follows once the server says 100, or the empty text
 * @param head whether the answer comes without its body
 * @param asksToClose whether the connection may end after the answer
 * @param ending how the connection goes on
 */
record BrokenRequest(
    String kind, String wire, String rest, boolean head, boolean asksToClose, Ending ending) {

  private static final int MOST_SURE_BYTES = 8000;

  /** What becomes of the connection. */
  enum Ending {
    /** One answer comes; then the connection is as good as before, or the answer says otherwise. */
    SOUND,
    /** Its end cannot be known: a server that refuses it hangs up by itself. */
    HUNG_UP,
    /** Its client waits for an answer, and then closes its side. */
    ANSWERED,
    /** It may be incomplete: its client sends nothing more and says so by closing its side. */
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
   * A server that refuses a long head leaves bytes unread, which may cost the client the answer.
   */
  boolean mayBeReset() {
    return !isSound() || wire.length() > MOST_SURE_BYTES;
  }

  /** The method and the path, without ids and query. */
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
