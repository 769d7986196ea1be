package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/**
 * Holds the whole configuration of the simulation in one document, which is checked and replaced as
 * a whole.
 *
 * @param seed makes the decisions of every run equal; null for decisions that differ between runs
 * @param limits the limits of all profiles
 * @param activeProfile the name of the profile that applies to all requests
 * @param allowProfileHeader whether a request may select another profile by a header
 * @param profiles all profiles by name, including the shipped ones
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Setting(
    @Schema(description = "Same seed, same decisions; random when left out") Long seed,
    Limits limits,
    @Schema(example = "realistic") String activeProfile,
    @Schema(description = "Whether the header Simulation-Profile is heeded")
        boolean allowProfileHeader,
    @Schema(description = "By name; the shipped profiles are there unless replaced")
        Map<String, Profile> profiles) {

  /** Returns the profile that applies to all requests. */
  public Profile active() {
    return profiles.get(activeProfile);
  }
}
