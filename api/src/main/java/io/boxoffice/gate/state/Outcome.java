package io.boxoffice.gate.state;

import java.util.Locale;

/** Names what an applied scan did. */
public enum Outcome {
  ADMITTED,
  LEFT,
  REFUSED;

  /** The text in responses, in the database and in labels of metrics. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a text that {@link #text()} gave. */
  public static Outcome of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
