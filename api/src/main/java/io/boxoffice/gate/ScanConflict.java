package io.boxoffice.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.boxoffice.gate.store.ConflictRow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Shows a scan by which a gate without network let a person in that the shop refuses.
 *
 * @param ticketId absent if the scan names no ticket
 * @param other absent if the ticket had no entry or exit before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"id", "notedAt", "concertId", "reason", "scan"})
public record ScanConflict(
    UUID id,
    Instant notedAt,
    UUID concertId,
    UUID ticketId,
    @Schema(description = "Why the shop refuses") String reason,
    @Schema(description = "The offline scan") OfGate scan,
    @Schema(description = "The last entry or exit of the ticket before it") OfGate other) {

  /** Names a scan. */
  @Schema(
      name = "ScanOfGate",
      requiredProperties = {"scanId", "gate", "at"})
  public record OfGate(
      UUID scanId, String gate, @Schema(description = "By the clock of the shop") Instant at) {}

  static ScanConflict of(ConflictRow row) {
    return new ScanConflict(
        row.id(),
        row.notedAt(),
        row.concertId(),
        row.ticketId(),
        row.reason(),
        new OfGate(row.scanId(), row.gate(), row.judgedAt()),
        row.otherScan() == null
            ? null
            : new OfGate(row.otherScan(), row.otherGate(), row.otherAt()));
  }
}
