package io.boxoffice.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.jersey.validation.Validators;
import org.junit.jupiter.api.Test;

class MonitoringRoleTest {
  @Test
  void oneSettingWithoutTheOtherIsRejectedWithTheNameOfTheMissingOne() {
    assertThat(problems("monitoring", "")).contains("MONITORING_PASSWORD is needed");
    assertThat(problems("", "a password")).contains("MONITORING_USER is needed");
  }

  @Test
  void bothSettingsOrNoneAreAccepted() {
    assertThat(problems("monitoring", "a password")).isEqualTo("[]");
    assertThat(problems("", "")).isEqualTo("[]");
  }

  private static String problems(String user, String password) {
    return Validators.newValidator().validate(new MonitoringRole(user, password)).toString();
  }
}
