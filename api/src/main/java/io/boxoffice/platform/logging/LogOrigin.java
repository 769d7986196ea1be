package io.boxoffice.platform.logging;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.boxoffice.platform.openapi.BuildInfo;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says which process wrote a line, because one store has the lines of all processes.
 *
 * @param role what the process does: {@code shop}, or the roles of a partner
 * @param version of the build
 * @param site the site of the process; null with one site
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LogOrigin(String role, String version, String site) {

  /**
   * Returns the origin of this build's lines.
   *
   * @param site blank for none
   */
  static LogOrigin of(String role, String site) {
    return new LogOrigin(role, BuildInfo.read().version(), site.isBlank() ? null : site);
  }

  /** Returns the fields of a line of JSON. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("role", role);
    fields.put("version", version);
    if (site != null) {
      fields.put("site", site);
    }
    return fields;
  }
}
