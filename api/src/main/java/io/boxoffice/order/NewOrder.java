package io.boxoffice.order;

import io.boxoffice.platform.http.strict.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * Holds the body of a request for an order, with the limits that a client must keep.
 *
 * @param quantity 1 to the concert's {@code maxPerPurchase}
 * @param ticketTypeId may be null when the concert has one ticket type
 * @param payment null to pay later
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewOrder(
    @NotNull @Size(min = 3, max = 254) @PlainText @Email @Schema(example = "ada@example.com")
        String email,
    @NotNull @Min(1) @Max(100) @Schema(example = "2") Integer quantity,
    @Schema(
            types = {"string", "null"},
            description = "May be left out when the concert has one ticket type")
        UUID ticketTypeId,
    @Valid @Schema(description = "Pays at once; left out to pay later") NewPayment payment) {}
