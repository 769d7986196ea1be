package io.boxoffice.mail.smtp;

/**
 * Says what became of one attempt to send a mail.
 *
 * @param text the server's answer or the failure, one line of at most 200 characters; it can
 *     contain an address, so only operators may read it
 */
public record Reply(Outcome outcome, String text) {
  private static final int LONGEST = 200;

  /** What became of an attempt. */
  public enum Outcome {
    /** The server accepted the mail. */
    SENT,
    /** The server will never accept this mail (5xx), or it cannot be a mail. */
    REJECTED,
    /**
     * A later attempt can succeed; the server may have accepted this one if the answer was lost.
     */
    DEFERRED
  }

  /** Cuts the text, and leaves out what could look like another line. */
  public Reply {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    text = line.substring(0, Math.min(line.length(), LONGEST));
  }
}
