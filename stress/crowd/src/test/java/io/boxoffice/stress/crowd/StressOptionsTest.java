package io.boxoffice.stress.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.stress.crowd.exit.ExitCode;
import io.boxoffice.stress.crowd.exit.StressException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StressOptionsTest {

  @Test
  void takesTheFiguresOfTheScenarioByDefault() {
    StressOptions plain = StressOptions.parse(Map.of(), "regular");
    assertThat(plain.baseUrl()).isEqualTo("http://localhost:8080");
    assertThat(plain.rate()).isEqualTo(20);
    assertThat(plain.duration()).isEqualTo(Duration.ofMinutes(1));
    StressOptions told =
        parse("regular --rate 7 --duration 1m30s --base-url http://127.0.0.1:9/ --out x");
    assertThat(told.rate()).isEqualTo(7);
    assertThat(told.duration()).isEqualTo(Duration.ofSeconds(90));
    assertThat(told.baseUrl()).isEqualTo("http://127.0.0.1:9");
  }

  @Test
  void takesTheTokenFromTheCommandLineBeforeTheEnvironment() {
    Map<String, String> environment = Map.of("OPERATOR_TOKEN", "theirs");
    assertThat(StressOptions.parse(environment, "smoke").operatorToken()).isEqualTo("theirs");
    assertThat(
            StressOptions.parse(environment, "smoke", "--operator-token", "mine").operatorToken())
        .isEqualTo("mine");
  }

  @Test
  void takesThePartnerFromTheCommandLineBeforeTheEnvironment() {
    Map<String, String> environment =
        Map.of("PAYMENT_URL", "http://localhost:8090/", "PAYMENT_TOKEN", "theirs");
    StressOptions theirs = StressOptions.parse(environment, "checkout");
    assertThat(theirs.partnerUrl()).isEqualTo("http://localhost:8090");
    assertThat(theirs.partnerToken()).isEqualTo("theirs");
    StressOptions mine =
        StressOptions.parse(
            environment, "checkout", "--partner-url", "http://[::1]:1", "--partner-token", "mine");
    assertThat(mine.partnerUrl()).isEqualTo("http://[::1]:1");
    assertThat(mine.partnerToken()).isEqualTo("mine");
    assertThat(parse("checkout").partnerUrl()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nope",
        "smoke --rate 0",
        "smoke --rate x",
        "smoke --rate 10001",
        "smoke --users",
        "smoke --users 2 --rate 3",
        "on-sale --users 2",
        "checkout --users 2",
        "checkout --partner-url localhost:8090",
        "checkout --partner-url http://",
        "smoke --duration 4s",
        "smoke --duration 1",
        "smoke --base-url localhost:8080",
        "smoke --base-url ftp://localhost",
        "smoke --base-url http://192.0.2.1",
        "smoke --what 1"
      })
  void refusesWhatIsOutOfBoundsOrUnknown(String line) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOfSatisfying(
            StressException.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void loadsAnotherMachineOnlyWhenItIsOwned() {
    assertThat(parse("smoke --base-url http://192.0.2.1 --yes-i-own-this").baseUrl())
        .isEqualTo("http://192.0.2.1");
  }

  @Test
  void namesAllScenariosWhenOneIsWrong() {
    assertThatThrownBy(() -> parse("nope"))
        .hasMessageContaining("smoke, regular, random-denial, on-sale, hot-concert, staircase,")
        .hasMessageContaining(
            "refresh-storm, lost-answers, failover, checkout, payment-outage, soak");
  }

  private static StressOptions parse(String line) {
    return StressOptions.parse(Map.of(), line.split(" "));
  }
}
