package io.boxoffice.gate.state;

import java.time.Duration;
import java.time.Instant;

/**
 * Finds the time that a scan is judged by, although the clocks of devices are wrong.
 *
 * @param ahead how far the device's clock is ahead of the shop's; negative if it is behind
 * @param receivedAt when the service received the scan, by the shop's clock
 */
public record DeviceClock(Duration ahead, Instant receivedAt) {
  /** An older scan counts as this old, so that no clock writes into a past that is not read. */
  public static final Duration OLDEST = Duration.ofDays(30);

  /**
   * Compares the clocks.
   *
   * @param deviceTime the device's time when it sent the scans; null if it did not say
   */
  public static DeviceClock of(Instant deviceTime, Instant receivedAt) {
    return new DeviceClock(
        deviceTime == null ? Duration.ZERO : Duration.between(receivedAt, deviceTime), receivedAt);
  }

  /**
   * Returns the time of a scan by the shop's clock: at most the time of receipt. An online scan has
   * that time.
   *
   * @param scannedAt the device's time; null if it did not say
   */
  public Instant judgedAt(DeviceMode mode, Instant scannedAt) {
    if (mode == DeviceMode.ONLINE || scannedAt == null) {
      return receivedAt;
    }
    Instant corrected = scannedAt.minus(ahead);
    Instant oldest = receivedAt.minus(OLDEST);
    if (corrected.isAfter(receivedAt)) {
      return receivedAt;
    }
    return corrected.isBefore(oldest) ? oldest : corrected;
  }
}
