package io.boxoffice.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.StartupException;
import io.dropwizard.util.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailSettingsTest {
  private static final String URL = "smtps://shop:secret@mail.example.com";

  private static MailSettings settings(String url, String from) {
    return new MailSettings(Duration.days(7), url, from);
  }

  @Test
  void withoutAServerMailsAreKeptOnly() {
    assertThat(settings("", "").smtp()).isEmpty();
    assertThat(settings(URL, "tickets@example.com").smtp()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "tickets", "Tickets <tickets@example.com>", "a@b.example,c@d.example"})
  void aServerNeedsASender(String from) {
    assertThatThrownBy(() -> settings(URL, from).smtp())
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("MAIL_FROM is needed with SMTP_URL");
  }

  @Test
  void thePasswordIsNotShown() {
    assertThat(settings(URL, "tickets@example.com").toString()).doesNotContain("secret");
  }
}
