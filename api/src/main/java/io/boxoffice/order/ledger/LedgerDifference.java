package io.boxoffice.order.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.boxoffice.concert.Price;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Represents a difference as an operator sees it.
 *
 * @param orderId the order, or what the partner calls so
 * @param chargeId the partner's charge; absent if the shop knows none
 * @param shop the money of the order as the shop has it; absent for none
 * @param partner the money that the partner has; absent for none
 */
@Schema(requiredProperties = {"id", "kind", "orderId", "foundAt"})
public record LedgerDifference(
    UUID id,
    Difference.Kind kind,
    UUID orderId,
    @JsonInclude(JsonInclude.Include.NON_NULL) String chargeId,
    @JsonInclude(JsonInclude.Include.NON_NULL) Price shop,
    @JsonInclude(JsonInclude.Include.NON_NULL) Price partner,
    Instant foundAt) {

  static LedgerDifference of(LedgerDao.Row row) {
    return new LedgerDifference(
        row.id(),
        row.kind(),
        row.orderId(),
        row.chargeId().isEmpty() ? null : row.chargeId(),
        row.shop(),
        row.partner(),
        row.foundAt());
  }
}
