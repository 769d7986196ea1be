package io.boxoffice.platform.start;

import java.util.function.UnaryOperator;
import org.apache.commons.text.StringSubstitutor;

/**
 * Puts environment variables into {@code config.yml} as text that cannot become YAML. The file puts
 * each variable between single quotes, and no value, such as a password, can end the quoted text.
 */
final class EnvironmentSubstitutor extends StringSubstitutor {

  EnvironmentSubstitutor(UnaryOperator<String> environment) {
    super(variable -> quoted(environment.apply(variable)));
    setDisableSubstitutionInValues(true);
  }

  /** Doubles single quotes (YAML 1.2, section 7.3.2). An empty value counts as not set. */
  private static String quoted(String value) {
    return value == null || value.isEmpty() ? null : value.replace("'", "''");
  }
}
