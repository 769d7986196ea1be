package io.boxoffice.mail;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.mail.smtp.MailAddress;
import io.boxoffice.mail.smtp.SmtpClient;
import io.boxoffice.mail.smtp.SmtpServer;
import io.boxoffice.mail.smtp.TimeLimits;
import io.boxoffice.platform.StartupException;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;

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
   * @throws StartupException when a setting is not valid
   */
  Optional<SmtpClient> smtp() {
    if (smtpUrl.isBlank()) {
      return Optional.empty();
    }
    SmtpServer server = SmtpServer.parse(smtpUrl);
    return Optional.of(
        new SmtpClient(
            server,
            MailAddress.parse(from)
                .orElseThrow(
                    () ->
                        new StartupException(
                            "MAIL_FROM is needed with SMTP_URL: one address of ASCII characters that the server accepts as the sender, such as tickets@example.com.")),
            TimeLimits.SHIPPED,
            (SSLSocketFactory) SSLSocketFactory.getDefault()));
  }

  /** Hides the password in the URL, so that no log can contain it. */
  @Override
  public String toString() {
    return "MailSettings";
  }
}
