package io.boxoffice.pageview;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Holds the body of a request that reports a view of a concert's page. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewPageView(@NotNull UUID concertId) {}
