package io.boxoffice.gate;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** Holds an operator's request to give up the scans that are missing in a series. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record Skip(@NotNull @Min(1) Long series) {}
