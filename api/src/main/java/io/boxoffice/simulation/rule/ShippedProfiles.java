package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.boxoffice.platform.error.FieldError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the profiles that come with the release, which every setting contains. */
public final class ShippedProfiles {
  private static final String RESOURCE = "/simulation/profiles.yml";

  private ShippedProfiles() {}

  /** Reads the profiles with the checks that apply to an operator's own profiles. */
  public static Map<String, Profile> read(Routes routes) {
    List<FieldError> errors = new ArrayList<>();
    try (InputStream file = ShippedProfiles.class.getResourceAsStream(RESOURCE)) {
      JsonNode document = new ObjectMapper(new YAMLFactory()).readTree(file);
      Map<String, Profile> profiles =
          SettingParser.profiles(document, new RuleParser(routes, Limits.DEFAULT, errors), errors);
      if (!errors.isEmpty()) {
        throw new IllegalStateException(RESOURCE + ": " + errors);
      }
      return profiles;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
