package io.boxoffice.gate;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/**
 * Holds an operator's request to set when the gates of a concert let people in.
 *
 * @param reEntry false if missing
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewEntry(
    @NotNull @Schema(example = "2030-06-01T16:00:00Z") Instant opensAt,
    @NotNull @Schema(example = "2030-06-02T01:00:00Z") Instant closesAt,
    @Schema(
            types = {"boolean", "null"},
            description = "Whether a ticket that has left may enter again; false when left out")
        Boolean reEntry) {}
