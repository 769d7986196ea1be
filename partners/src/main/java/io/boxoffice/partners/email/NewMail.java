package io.boxoffice.partners.email;

import io.boxoffice.platform.http.strict.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Holds the body of a request to send a mail.
 *
 * @param to one address
 * @param text plain text; lines end with LF or CRLF
 */
public record NewMail(
    @NotNull
        @Size(min = 3, max = 254)
        @PlainText
        @Pattern(
            regexp = "[^\\s@]+@[^\\s@]+",
            message = "must be an address such as ada@example.com")
        String to,
    @NotNull @Size(max = 200) @PlainText String subject,
    @NotNull
        @Size(min = 1, max = MOST_CHARACTERS)
        @Pattern(regexp = "[\\P{Cc}\\r\\n\\t&&\\P{Cs}]*", message = "must be readable text")
        String text) {
  private static final int MOST_CHARACTERS = 20_000;

  /** Returns how many characters the mail has. */
  int characters() {
    return to.length() + subject.length() + text.length();
  }
}
