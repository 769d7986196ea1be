package io.boxoffice.gate.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceClockTest {
  private static final Instant NOW = Instant.parse("2040-06-01T20:00:00Z");

  @ParameterizedTest
  @CsvSource({
    // The clock is right; five hours ahead; five hours behind; in another century.
    "2040-06-01T20:00:00Z, 2040-06-01T19:30:00Z, 2040-06-01T19:30:00Z",
    "2040-06-02T01:00:00Z, 2040-06-02T00:30:00Z, 2040-06-01T19:30:00Z",
    "2040-06-01T15:00:00Z, 2040-06-01T14:30:00Z, 2040-06-01T19:30:00Z",
    "1970-01-01T00:30:00Z, 1970-01-01T00:00:00Z, 2040-06-01T19:30:00Z",
    // Without a time of the device, its clock counts as right.
    ", 2040-06-01T19:30:00Z, 2040-06-01T19:30:00Z",
    // Never later than now, and not older than 30 days.
    ", 2040-06-01T20:00:01Z, 2040-06-01T20:00:00Z",
    ", 1970-01-01T00:00:00Z, 2040-05-02T20:00:00Z",
    "9999-12-31T23:59:59Z, 1970-01-01T00:00:00Z, 2040-05-02T20:00:00Z",
    ", , 2040-06-01T20:00:00Z",
  })
  void anOfflineScanHasTheCorrectedTime(Instant deviceTime, Instant scannedAt, Instant judgedAt) {
    assertThat(DeviceClock.of(deviceTime, NOW).judgedAt(DeviceMode.OFFLINE, scannedAt))
        .isEqualTo(judgedAt);
  }

  @Test
  void anOnlineScanHasTheTimeOfTheShop() {
    assertThat(
            DeviceClock.of(NOW.plusSeconds(9), NOW)
                .judgedAt(DeviceMode.ONLINE, NOW.minusSeconds(99)))
        .isEqualTo(NOW);
  }
}
