package io.boxoffice.gate.state;

import java.util.Locale;

/** Which way the person with the ticket goes. Requests and the database use the lower-case name. */
public enum Direction {
  IN,
  OUT;

  /** The text in requests and in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Direction of(String text) {
    return switch (text) {
      case "in" -> IN;
      case "out" -> OUT;
      default -> throw new IllegalArgumentException("neither in nor out");
    };
  }
}
