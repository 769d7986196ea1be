package io.boxoffice.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.util.Duration;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {
  private final DatabaseSettings settings = new DatabaseSettings();

  @Test
  void aMaximumAgeThatThePoolIgnoresIsRejectedWithTheNameOfItsSetting() {
    settings.setMaxConnectionAge(Duration.seconds(29));
    assertThat(problems()).contains("DATABASE_CONNECTION_MAX_AGE");

    settings.setMaxConnectionAge(Duration.seconds(30));
    assertThat(problems()).doesNotContain("DATABASE_CONNECTION_MAX_AGE");
  }

  private String problems() {
    return Validators.newValidator().validate(settings).toString();
  }
}
