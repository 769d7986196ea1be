package io.boxoffice.partners.email;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * The settings of the email partner; docs/partners.md explains them.
 *
 * @param directory the folder of the ledger
 * @param delay how long it takes to accept a mail, in the form of {@link
 *     io.boxoffice.partners.delay.DelayText}
 * @param retention how long a mail is kept, 1 minute to 90 days
 * @param mostMails how many mails the ledger holds
 * @param mostCharacters how many characters all mails have together
 * @param mostInProgress how many mails may wait for their delay
 * @param smtpUrl the server with its user and password; blank to send no mail
 * @param from the address that mails come from
 */
public record EmailSettings(
    @JsonProperty @NotBlank String directory,
    @JsonProperty @NotBlank String delay,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.MINUTES)
        @MaxDuration(value = 90, unit = TimeUnit.DAYS)
        Duration retention,
    @JsonProperty @Min(1) @Max(1_000_000) int mostMails,
    @JsonProperty @Min(1) @Max(1_000_000_000) long mostCharacters,
    @JsonProperty @Min(1) @Max(100_000) int mostInProgress,
    @JsonProperty @NotNull String smtpUrl,
    @JsonProperty @NotNull String from) {

  /** Hides the password in the URL, so that no log can contain it. */
  @Override
  public String toString() {
    return "EmailSettings[directory=" + directory + "]";
  }
}
