package io.boxoffice.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.lab.database.Configuration;
import io.boxoffice.lab.usage.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabOptionsTest {
  @Test
  void aTopologyAloneIsShown() {
    LabOptions options = LabOptions.parse("active-passive");

    assertThat(options.isShow()).isTrue();
    assertThat(options.configuration()).isEqualTo(Configuration.SHIPPED);
    assertThat(options.perSecond()).isEqualTo(100);
    assertThat(options.duration()).isZero();
  }

  @Test
  void allInjectsEveryFault() {
    assertThat(LabOptions.parse("single", "--fault", "all").injects("full-disk")).isTrue();
    assertThat(LabOptions.parse("single", "--fault", "kill-node").injects("full-disk")).isFalse();
    assertThat(LabOptions.parse("single").injects("full-disk")).isFalse();
  }

  @Test
  void allOptionsAreRead() {
    LabOptions options =
        LabOptions.parse(
            words(
                "single --fault kill-primary,kill-replica --repeat 20 --configuration naive"
                    + " --rate 50 --duration 1m --install --out /tmp/results"));

    assertThat(options)
        .isEqualTo(
            new LabOptions(
                "single",
                List.of("kill-primary", "kill-replica"),
                20,
                Configuration.NAIVE,
                50,
                Duration.ofMinutes(1),
                false,
                true,
                Path.of("/tmp/results")));
    assertThat(options.isShow()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "double",
        "single --repeat 0",
        "single --repeat many",
        "single --rate 1001",
        "single --rate NaN",
        "single --duration 25h",
        "single --configuration best",
        "single --fault",
        "single --nonsense 1",
        "active-passive --script",
        "active-active --configuration default",
        "single --script --fault kill-primary"
      })
  void wrongUseIsRejected(String line) {
    String[] arguments = words(line);
    assertThatThrownBy(() -> LabOptions.parse(arguments)).isInstanceOf(UsageException.class);
  }

  @Test
  void theMessageNamesTheTopologies() {
    assertThatThrownBy(() -> LabOptions.parse("double"))
        .hasMessageContaining("single, active-passive, active-active");
  }

  private static String[] words(String line) {
    return line.split(" ", -1);
  }
}
