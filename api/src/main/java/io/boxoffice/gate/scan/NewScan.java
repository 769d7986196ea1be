package io.boxoffice.gate.scan;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Describes a scan in the contract. {@link ScanReader} reads it, because one scan that is not valid
 * must not stop the others of its batch.
 */
@Schema(requiredProperties = {"scanId", "gate", "sequence"})
record NewScan(
    @Schema(description = "The device's id for this scan; the same when it is repeated")
        UUID scanId,
    @Schema(example = "north") String gate,
    @Schema(
            minimum = "1",
            description =
                "1 when left out. A device that lost its count takes a greater one, such as the"
                    + " Unix time")
        Long series,
    @Schema(minimum = "1", description = "1, 2, 3 and so on in the series") Long sequence,
    @Schema(description = "The ticket; or `code`") UUID ticketId,
    @Schema(maxLength = 300, description = "The code of the ticket; or `ticketId`") String code,
    @Schema(
            allowableValues = {"in", "out"},
            description = "`in` when left out")
        String direction,
    @Schema(description = "By the device's clock; needed when it was offline") Instant scannedAt,
    @Schema(
            allowableValues = {"online", "offline"},
            description =
                "`online` when left out. `offline`: the gate had no network and has let the person"
                    + " pass")
        String deviceMode) {}
