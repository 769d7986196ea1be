package io.boxoffice.site;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * Says which site sells a concert.
 *
 * @param epoch counts the moves
 */
@Schema(requiredProperties = {"concertId", "site", "epoch"})
record Home(UUID concertId, String site, long epoch) {}
