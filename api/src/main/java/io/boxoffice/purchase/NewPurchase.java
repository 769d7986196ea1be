package io.boxoffice.purchase;

import io.boxoffice.platform.http.strict.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * Holds the body of a request to buy, with the limits that a client must keep.
 *
 * @param quantity 1 to the concert's {@code maxPerPurchase}
 * @param ticketTypeId may be null when the concert has one ticket type
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewPurchase(
    @NotNull @Size(min = 3, max = 254) @PlainText @Email @Schema(example = "ada@example.com")
        String email,
    @NotNull @Min(1) @Max(100) @Schema(example = "2") Integer quantity,
    @Schema(
            types = {"string", "null"},
            description = "May be left out when the concert has one ticket type")
        UUID ticketTypeId) {}
