package io.boxoffice.gate;

import io.boxoffice.gate.store.AttendanceCounts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Shows how many people are at a concert.
 *
 * @param gates in the order of their names
 * @param minutes the newest first
 */
@Schema(requiredProperties = {"concertId", "total", "gates", "minutes"})
public record Attendance(UUID concertId, Total total, List<OfGate> gates, List<OfMinute> minutes) {

  /** Counts the scans of all gates. */
  @Schema(
      name = "AttendanceTotal",
      requiredProperties = {"inside", "admitted", "left", "refused"})
  public record Total(
      @Schema(description = "Admitted and not left again") long inside,
      long admitted,
      long left,
      long refused) {}

  /** Counts the scans of one gate. */
  @Schema(
      name = "AttendanceOfGate",
      requiredProperties = {"gate", "admitted", "left", "refused"})
  public record OfGate(String gate, long admitted, long left, long refused) {}

  /** Counts the scans of one minute. */
  @Schema(
      name = "AttendanceOfMinute",
      requiredProperties = {"minute", "admitted", "left", "refused"})
  public record OfMinute(
      @Schema(description = "Its beginning") Instant minute,
      long admitted,
      long left,
      long refused) {}

  static Attendance of(UUID concertId, AttendanceCounts counts) {
    long admitted = counts.gates().stream().mapToLong(gate -> gate.admitted()).sum();
    long left = counts.gates().stream().mapToLong(gate -> gate.left()).sum();
    long refused = counts.gates().stream().mapToLong(gate -> gate.refused()).sum();
    return new Attendance(
        concertId,
        new Total(admitted - left, admitted, left, refused),
        counts.gates().stream()
            .map(row -> new OfGate(row.gate(), row.admitted(), row.left(), row.refused()))
            .toList(),
        counts.minutes().stream()
            .map(row -> new OfMinute(row.minute(), row.admitted(), row.left(), row.refused()))
            .toList());
  }
}
