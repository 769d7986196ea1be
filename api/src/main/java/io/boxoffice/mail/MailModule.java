package io.boxoffice.mail;

import com.fasterxml.uuid.Generators;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import java.time.Duration;

/** Builds the parts of this feature from its settings: keeping mails and showing them. */
public final class MailModule {
  private static final Duration BETWEEN_DELETIONS = Duration.ofHours(1);

  private MailModule() {}

  /**
   * Registers the resource and the deletion of old mails.
   *
   * @return the way to send mails, for other features
   */
  public static Mails install(Foundation foundation, MailSettings settings) {
    StoredMails mails =
        new StoredMails(
            foundation.jdbi(),
            foundation.clock(),
            Generators.timeBasedEpochGenerator(foundation.random()),
            settings.retention().toJavaDuration());
    foundation.environment().jersey().register(new MailResource(mails));
    foundation
        .environment()
        .lifecycle()
        .manage(new RepeatedTask("mail-deletion", BETWEEN_DELETIONS, mails::deleteOld));
    return new CountedMails(mails, foundation.environment().metrics());
  }
}
