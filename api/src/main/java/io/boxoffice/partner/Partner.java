package io.boxoffice.partner;

import java.util.Locale;

/**
 * Names the partners that the shop calls after a change; the payment partner has its own client.
 */
public enum Partner {
  /** Sends mails. */
  EMAIL,
  /** Finds concerts by their text. */
  SEARCH,
  /** Counts sales and page views. */
  ANALYTICS,
  /** Signs statements about the tickets of a concert. */
  REPORT;

  /** Returns the name in metrics and logs, such as {@code email}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
