package io.boxoffice.simulation;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * How often a rule throws the answer away: what was asked for is done, and nobody is told.
 *
 * @param percent how many answers are lost
 */
public record Loss(@Schema(example = "100") double percent) {}
