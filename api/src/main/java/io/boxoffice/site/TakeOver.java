package io.boxoffice.site;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * Says what a take-over did.
 *
 * @param site whose homes moved here
 * @param moved how many homes this call moved
 * @param lostAt when the first take-over began
 */
@Schema(requiredProperties = {"site", "moved", "lostAt"})
record TakeOver(String site, long moved, Instant lostAt) {}
