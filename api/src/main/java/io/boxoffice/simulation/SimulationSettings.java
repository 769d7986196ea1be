package io.boxoffice.simulation;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;

/**
 * How the simulation begins.
 *
 * @param profile which profile is on while no operator has set anything
 */
public record SimulationSettings(@JsonProperty @NotBlank String profile) {}
