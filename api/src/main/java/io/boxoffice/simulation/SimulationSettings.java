package io.boxoffice.simulation;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;

/**
 * Configures the simulation at start-up.
 *
 * @param profile the active profile until an operator changes the setting
 */
public record SimulationSettings(@JsonProperty @NotBlank String profile) {}
