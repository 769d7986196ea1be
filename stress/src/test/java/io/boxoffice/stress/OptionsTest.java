package io.boxoffice.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void measuresEverythingUnlessTold() {
    assertThat(Options.parse().only()).isEqualTo(Scenarios.NAMES);
    Options some = Options.parse("--only", "hot,ways", "--seconds", "3");
    assertThat(some.only()).isEqualTo(List.of("hot", "ways"));
    assertThat(some.measured()).isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seconds 0",
        "--seconds 41",
        "--rounds 10",
        "--rounds x",
        "--connections 513",
        "--only hot,cold",
        "--seconds",
        "--host example.com"
      })
  void refusesWhatIsOutOfBoundsOrUnknown(String line) {
    assertThatThrownBy(() -> Options.parse(line.split(" ", -1))).isInstanceOf(BenchException.class);
  }
}
