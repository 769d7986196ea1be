package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.boxoffice.platform.error.ProblemException;
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

  /**
   * Returns the profile with a name that a client sent.
   *
   * @param field the field or header with the name
   * @throws ProblemException 422 when there is no such profile
   */
  public Profile profile(String name, String field) {
    Profile profile = profiles.get(name);
    if (profile == null) {
      throw ProblemException.invalid(field, expectation(profiles));
    }
    return profile;
  }

  static String expectation(Map<String, Profile> profiles) {
    return "must be one of the profiles " + String.join(", ", profiles.keySet());
  }

  /** Returns the profile that applies to all requests. */
  public Profile active() {
    return profiles.get(activeProfile);
  }
}
