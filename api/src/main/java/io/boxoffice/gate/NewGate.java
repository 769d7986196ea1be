package io.boxoffice.gate;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Holds an operator's request to register a gate, or to give it another concert. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewGate(
    @NotNull @Schema(description = "The concert whose tickets it admits") UUID concertId) {}
