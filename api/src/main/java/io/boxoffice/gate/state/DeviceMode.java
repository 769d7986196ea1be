package io.boxoffice.gate.state;

import java.util.Locale;

/** Whether the gate waits for the result, or let the person in while it had no network. */
public enum DeviceMode {
  /** The gate does what the result says. */
  ONLINE,
  /** The gate has let the person pass. */
  OFFLINE;

  /** The text in requests and in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static DeviceMode of(String text) {
    return switch (text) {
      case "online" -> ONLINE;
      case "offline" -> OFFLINE;
      default -> throw new IllegalArgumentException("neither online nor offline");
    };
  }
}
