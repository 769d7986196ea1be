package io.boxoffice.mail.smtp;

import java.time.Duration;

/**
 * Bounds each wait for the server.
 *
 * @param connect for a connection
 * @param read for each answer
 * @param write for each block that is written
 */
public record TimeLimits(Duration connect, Duration read, Duration write) {
  /** A server may take seconds to check a mail before it accepts it. */
  public static final TimeLimits SHIPPED =
      new TimeLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(10));
}
