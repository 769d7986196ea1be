package io.boxoffice.partners.payment.ledger;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * Holds the body of a request to charge. The ledger keeps it, so that a request with the same key
 * can be compared with it.
 *
 * @param amount in minor units of the currency, such as cents
 * @param currency three letters (ISO 4217)
 * @param token what the payment is made with; a test token of docs/partners.md
 * @param reference the shop's own id of what is paid
 */
public record NewCharge(
    @NotNull @Min(0) @Max(1_000_000_000_000L) Long amount,
    @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be three capital letters")
        String currency,
    @NotNull @Size(min = 1, max = 100) String token,
    @NotNull UUID reference) {}
