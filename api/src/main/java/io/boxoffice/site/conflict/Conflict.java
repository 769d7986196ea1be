package io.boxoffice.site.conflict;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Shows a conflict to operators.
 *
 * @param lost what was not accepted, as a JSON object
 * @param kept what holds instead, as a JSON object
 */
@Schema(requiredProperties = {"id", "kind", "concertId", "site", "notedAt", "lost", "kept"})
public record Conflict(
    @Schema(
            description =
                "That of the purchase, the order, the change of a concert, or the account that lost")
        UUID id,
    @Schema(allowableValues = {"sale", "change-of-sale", "catalogue", "account"}) String kind,
    @Schema(types = {"string", "null"}) UUID concertId,
    @Schema(description = "The site whose change lost", example = "a") String site,
    Instant notedAt,
    @JsonRawValue @Schema(implementation = Object.class) String lost,
    @JsonRawValue @Schema(implementation = Object.class) String kept) {}
