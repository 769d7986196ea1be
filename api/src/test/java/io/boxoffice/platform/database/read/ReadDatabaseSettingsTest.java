package io.boxoffice.platform.database.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.StartupException;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.BaseValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadDatabaseSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "jdbc:postgresql://a/boxoffice",
        "jdbc:postgresql://a:5432,b:5433/boxoffice?targetServerType=preferSecondary"
      })
  void theseAddressesAreAccepted(String url) {
    assertThatCode(settings(url)::requireUsableUrl).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:5432",
        "postgresql://a/boxoffice",
        "jdbc:mysql://secret@a/boxoffice",
        "jdbc:postgresql://secret:port/boxoffice"
      })
  void otherAddressesAreRejectedByTheNameOfTheSetting(String url) {
    assertThatThrownBy(settings(url)::requireUsableUrl)
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("READ_DATABASE_URL must be")
        .hasMessageNotContaining("secret");
  }

  @Test
  void theAddressIsNotPrinted() {
    assertThat(settings("jdbc:postgresql://secret/a")).asString().doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "999ms", "61s"})
  void anAgeOutsideItsRangeIsInvalid(String age) {
    assertThat(
            BaseValidator.newValidator()
                .validate(new ReadDatabaseSettings("", Duration.parse(age), 4)))
        .hasSize(1);
  }

  @Test
  void theRangesAreValid() {
    for (String age : new String[] {"1s", "2s", "60s"}) {
      assertThat(
              BaseValidator.newValidator()
                  .validate(new ReadDatabaseSettings("", Duration.parse(age), 1)))
          .isEmpty();
    }
    assertThat(
            BaseValidator.newValidator()
                .validate(new ReadDatabaseSettings("", Duration.seconds(2), 0)))
        .hasSize(1);
  }

  private static ReadDatabaseSettings settings(String url) {
    return new ReadDatabaseSettings(url, Duration.seconds(2), 4);
  }
}
