package io.boxoffice.stress.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.boxoffice.stress.gates.exit.ExitCode;
import io.boxoffice.stress.gates.exit.GatesException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the command line. */
class GateOptionsTest {

  private static GateOptions parse(String line) {
    return GateOptions.parse(Map.of(), line.isEmpty() ? new String[0] : line.split(" ", -1));
  }

  @Test
  void defaults() {
    GateOptions options = parse("");
    assertThat(options)
        .isEqualTo(
            new GateOptions(
                "http://localhost:8080", 20, 500, 0.1, Duration.ofMinutes(1), "", "", null));
    assertThat(options.persons()).isEqualTo(30_000);
  }

  @Test
  void theShareIsAPercentage() {
    assertThat(parse("--gates 3 --rate 10 --offline 25% --duration 30s").offline()).isEqualTo(0.25);
    assertThat(parse("--offline 0").offline()).isZero();
  }

  @Test
  void devicesUseTheirTokenOrTheOperators() {
    Map<String, String> both = Map.of("OPERATOR_TOKEN", "o", "GATE_TOKEN", "g");
    assertThat(GateOptions.parse(both).gateToken()).isEqualTo("g");
    assertThat(GateOptions.parse(Map.of("OPERATOR_TOKEN", "o")).gateToken()).isEqualTo("o");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--gates 0 | --gates must be a number from 1 to 200",
        "--gates many | --gates must be a number",
        "--rate 0 | --rate must be a number from 1",
        "--offline 95% | --offline must be a number from 0 to 90",
        "--offline NaN | --offline must be a number",
        "--duration 1s | --duration must be from 5s to 1h",
        "--rate 5000 --duration 10m | at most 200,000 persons",
        "--nonsense 1 | no option --nonsense",
        "--gates | value is missing",
        "--base-url ftp://localhost | no address of a shop",
        "--base-url localhost | no address of a shop",
        "--base-url http://192.0.2.1 | --yes-i-own-this",
      })
  void wrongUse(String line, String words) {
    GatesException refused = catchThrowableOfType(GatesException.class, () -> parse(line));
    assertThat(refused).hasMessageContaining(words);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aShopElsewhereMustBeOwned() {
    assertThat(parse("--base-url http://192.0.2.1/ --yes-i-own-this").baseUrl())
        .isEqualTo("http://192.0.2.1");
  }
}
