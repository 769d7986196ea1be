package io.boxoffice.gate.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.gate.store.ScanTransaction;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/**
 * Holds a batch of scans.
 *
 * @param deviceTime null if the device's clock is right
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewScans(
    @Schema(
            types = {"string", "null"},
            description = "What the device's clock shows now, so that wrong clocks do no harm")
        Instant deviceTime,
    @NotNull
        @Size(min = 1, max = ScanTransaction.MOST_SCANS)
        @ArraySchema(schema = @Schema(implementation = NewScan.class))
        List<JsonNode> scans) {}
