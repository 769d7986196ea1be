package io.boxoffice.grafana.dashboard;

import java.util.List;

/** Refuses values that Grafana may know and the project does not use. */
final class Known {
  private Known() {}

  /** Lets one of some values pass, and a key that was left out. */
  static void oneOf(String key, String value, String... known) {
    if (value != null && !List.of(known).contains(value)) {
      throw new DashboardException(
          "'%s' is no %s here, only %s.".formatted(value, key, String.join(", ", known)));
    }
  }

  /** Lets a key pass that was not left out. */
  static void present(String key, Object value) {
    if (value == null) {
      throw new DashboardException("The key '%s' is missing.".formatted(key));
    }
  }
}
