package io.boxoffice.lab.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.lab.shop.ProxyProgram;
import io.boxoffice.lab.usage.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalancingOptionsTest {
  @Test
  void everySituationAndProxyIsComparedByDefault() {
    BalancingOptions options = BalancingOptions.parse(List.of());

    assertThat(options.situations()).containsExactly(Situation.values());
    assertThat(options.programs()).containsExactly(ProxyProgram.values());
    assertThat(options.packages()).contains("postgresql", "haproxy", "nginx-light");
  }

  @Test
  void allOptionsAreRead() {
    assertThat(
            BalancingOptions.parse(
                words(
                    "--situation held,slow --proxy nginx --rate 50 --repeat 5 --duration 10s"
                        + " --install --out /tmp/results")))
        .isEqualTo(
            new BalancingOptions(
                List.of(Situation.SLOW, Situation.HELD),
                List.of(ProxyProgram.NGINX),
                5,
                50,
                Duration.ofSeconds(10),
                true,
                Path.of("/tmp/results")));
  }

  @Test
  void oneProxyNeedsOnePackage() {
    assertThat(BalancingOptions.parse(words("--proxy haproxy")).packages())
        .contains("haproxy")
        .doesNotContain("nginx-light", "patroni");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--situation fast",
        "--situation",
        "--proxy apache",
        "--rate 0",
        "--repeat 21",
        "--duration 2m",
        "--fault kill-primary",
        "--nonsense"
      })
  void wrongUseIsRejected(String line) {
    List<String> arguments = words(line);
    assertThatThrownBy(() -> BalancingOptions.parse(arguments)).isInstanceOf(UsageException.class);
  }

  private static List<String> words(String line) {
    return List.of(line.split(" ", -1));
  }
}
