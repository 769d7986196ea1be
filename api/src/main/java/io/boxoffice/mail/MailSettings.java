package io.boxoffice.mail;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.mail.smtp.SmtpClient;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sets how long mails are kept, because they contain addresses, and what sends them.
 *
 * @param retention 1 hour to 90 days
 * @param smtpUrl the server with its user and password; blank to send no mail
 * @param from the address that mails come from
 */
public record MailSettings(
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.HOURS)
        @MaxDuration(value = 90, unit = TimeUnit.DAYS)
        Duration retention,
    @JsonProperty @NotNull String smtpUrl,
    @JsonProperty @NotNull String from) {

  /**
   * Returns the way to the server; empty if there is none.
   *
   * @throws io.boxoffice.platform.StartupException when a setting is not valid
   */
  Optional<SmtpClient> smtp() {
    return SmtpClient.of(smtpUrl, from);
  }

  /** Hides the password in the URL, so that no log can contain it. */
  @Override
  public String toString() {
    return "MailSettings";
  }
}
