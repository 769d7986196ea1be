package io.boxoffice.order.payment.callback;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.boxoffice.order.payment.PartnerCharge;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A message of the partner about a charge. The service reads only what it uses.
 *
 * @param type {@code charge.succeeded}, {@code charge.declined} or {@code charge.refunded}
 * @param id of the callback, for the partner's log
 * @param createdAt when the partner wrote it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(requiredProperties = {"type", "charge"})
public record PaymentCallback(
    @Schema(allowableValues = {"charge.succeeded", "charge.declined", "charge.refunded"})
        String type,
    String id,
    Instant createdAt,
    PartnerCharge charge) {}
