package io.boxoffice.report;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Holds the body of a request for a report. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewReport(@NotNull UUID concertId) {}
