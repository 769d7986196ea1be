package io.boxoffice.platform.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class EnvironmentSubstitutorTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "it's",
        "'",
        "a: b # c",
        "\"x\" \\n {}",
        "${HOME}",
        "@!%&*",
        "0123",
        "yes"
      })
  void aPasswordComesThroughAsItIs(String password) {
    assertThat(read("password: '${PASSWORD:-}'", Map.of("PASSWORD", password)))
        .containsEntry("password", password);
  }

  @Test
  void theDefaultStandsWhereNothingIsSet() {
    assertThat(read("port: ${PORT:-8080}", Map.of())).containsEntry("port", 8080);
    assertThat(read("port: ${PORT:-8080}", Map.of("PORT", ""))).containsEntry("port", 8080);
    assertThat(read("port: ${PORT:-8080}", Map.of("PORT", "9"))).containsEntry("port", 9);
  }

  private static Map<String, Object> read(String yaml, Map<String, String> environment) {
    return new Yaml().load(new EnvironmentSubstitutor(environment::get).replace(yaml));
  }
}
