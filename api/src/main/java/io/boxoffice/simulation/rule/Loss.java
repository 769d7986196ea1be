package io.boxoffice.simulation.rule;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Defines how often a rule discards the response: the service completes the request, and the client
 * receives no response.
 *
 * @param percent the percentage of responses that are lost
 */
public record Loss(@Schema(example = "100") double percent) {}
