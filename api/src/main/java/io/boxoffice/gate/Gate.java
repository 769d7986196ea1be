package io.boxoffice.gate;

import io.boxoffice.gate.store.GateRow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Shows a gate and how far its scans are applied.
 *
 * @param changedAt when it got its concert
 */
@Schema(requiredProperties = {"name", "concertId", "changedAt", "series", "sequence", "parked"})
public record Gate(
    @Schema(example = "north") String name,
    UUID concertId,
    Instant changedAt,
    @Schema(
            types = {"integer", "null"},
            description = "The greatest series; null before the first scan")
        Long series,
    @Schema(description = "The last sequence of that series that is applied; 0 for none")
        long sequence,
    @Schema(description = "How many scans wait for an earlier one") long parked) {

  static Gate of(GateRow row) {
    return new Gate(
        row.name(), row.concertId(), row.changedAt(), row.series(), row.sequence(), row.parked());
  }
}
