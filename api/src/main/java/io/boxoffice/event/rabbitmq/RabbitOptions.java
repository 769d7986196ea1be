package io.boxoffice.event.rabbitmq;

import io.boxoffice.event.transport.Receiver;
import java.time.Duration;
import java.util.List;

/**
 * Says how the transport treats failures.
 *
 * @param pauses before each further delivery, one less than {@link Receiver#MOST_DELIVERIES}
 * @param confirms whether a publication waits for the broker's confirms. Without them events are
 *     lost when the broker fails; off only to show that
 */
public record RabbitOptions(List<Duration> pauses, boolean confirms) {
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8));

  /**
   * Checks the number of pauses.
   *
   * @throws IllegalArgumentException when it is another one
   */
  public RabbitOptions {
    pauses = List.copyOf(pauses);
    if (pauses.size() != Receiver.MOST_DELIVERIES - 1) {
      throw new IllegalArgumentException("A pause is needed before each further delivery");
    }
  }

  /** The options of the service. */
  public static RabbitOptions standard() {
    return new RabbitOptions(PAUSES, true);
  }

  /**
   * Returns the pause before the next delivery.
   *
   * @param tries how many have failed, 1 to {@link Receiver#MOST_DELIVERIES} - 1
   */
  Duration pauseAfter(int tries) {
    return pauses.get(tries - 1);
  }
}
