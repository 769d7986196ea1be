package io.boxoffice.stress.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.stress.bench.safety.BenchException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchOptionsTest {

  @Test
  void measuresEverythingByDefault() {
    assertThat(BenchOptions.parse().only()).isEqualTo(Scenarios.NAMES);
    BenchOptions some = BenchOptions.parse("--only", "hot,ways", "--seconds", "3");
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
    assertThatThrownBy(() -> BenchOptions.parse(line.split(" ", -1)))
        .isInstanceOf(BenchException.class);
  }
}
