package io.boxoffice.partners.email;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.UUID;

/** One line of the ledger of mails. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MailEntry.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = MailEntry.Ended.class, name = "ended")
})
sealed interface MailEntry {
  /** A mail, as it was when it was accepted. */
  record Accepted(Mail mail) implements MailEntry {}

  /**
   * The last attempt to send a mail has ended.
   *
   * @param failure null if the mail was sent
   */
  record Ended(UUID mailId, Mail.State state, String failure, Instant at) implements MailEntry {}
}
