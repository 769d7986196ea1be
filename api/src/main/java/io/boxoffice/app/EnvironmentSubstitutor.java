package io.boxoffice.app;

import java.util.function.UnaryOperator;
import org.apache.commons.text.StringSubstitutor;

/**
 * Puts environment variables into {@code config.yml} as text that cannot become YAML: inside single
 * quotes a value ends where the file says and nowhere else, whatever a password holds.
 */
final class EnvironmentSubstitutor extends StringSubstitutor {

  EnvironmentSubstitutor(UnaryOperator<String> environment) {
    super(variable -> quoted(environment.apply(variable)));
    setDisableSubstitutionInValues(true);
  }

  /** A single quote is doubled inside single quotes (YAML 1.2, section 7.3.2). Empty is unset. */
  private static String quoted(String value) {
    return value == null || value.isEmpty() ? null : value.replace("'", "''");
  }
}
