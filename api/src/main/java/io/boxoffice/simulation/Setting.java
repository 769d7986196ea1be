package io.boxoffice.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/**
 * Everything that steers the simulation, valid as a whole; one document, replaced as a whole.
 *
 * @param seed makes every run decide alike; null for decisions that differ from run to run
 * @param limits what no profile can exceed
 * @param activeProfile the profile that all requests get
 * @param allowProfileHeader whether a request may pick another profile by its header
 * @param profiles all profiles by name, the shipped ones among them
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

  /** The profile that all requests get. */
  Profile active() {
    return profiles.get(activeProfile);
  }

  /** The same setting with another profile on. */
  Setting withActiveProfile(String name) {
    return new Setting(seed, limits, name, allowProfileHeader, profiles);
  }
}
