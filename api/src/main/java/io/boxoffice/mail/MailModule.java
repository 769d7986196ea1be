package io.boxoffice.mail;

import com.fasterxml.uuid.Generators;
import io.boxoffice.mail.smtp.SmtpClient;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.StartupException;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Builds the parts of this feature from its settings: keeping, showing and sending mails. */
public final class MailModule {
  private static final Duration BETWEEN_DELETIONS = Duration.ofHours(1);

  /** How long a mail waits for its first attempt at most, if the server keeps up. */
  private static final Duration BETWEEN_DELIVERIES = Duration.ofSeconds(1);

  private MailModule() {}

  /**
   * Registers the resource, the metrics, the deletion of old mails, and the delivery if there is a
   * server.
   *
   * @return the way to send mails, for other features
   * @throws StartupException when a setting is not valid
   */
  public static Mails install(Foundation foundation, MailSettings settings) {
    Jdbi jdbi = foundation.jdbi();
    LifecycleEnvironment lifecycle = foundation.environment().lifecycle();
    Optional<SmtpClient> smtp = settings.smtp();
    StoredMails mails =
        new StoredMails(
            jdbi,
            foundation.clock(),
            Generators.timeBasedEpochGenerator(foundation.random()),
            settings.retention().toJavaDuration(),
            smtp.isPresent() ? Mail.State.QUEUED : Mail.State.KEPT);
    foundation.environment().jersey().register(new MailResource(mails));
    lifecycle.manage(new RepeatedTask("mail-deletion", BETWEEN_DELETIONS, mails::deleteOld));
    DeliveryMetrics metrics = new DeliveryMetrics(foundation.environment().metrics());
    foundation
        .gauges()
        .add("mails.queued", () -> jdbi.withExtension(DeliveryDao.class, DeliveryDao::countQueued));
    foundation
        .gauges()
        .add(
            "mails.oldest", () -> jdbi.withExtension(DeliveryDao.class, DeliveryDao::oldestQueued));
    smtp.map(client -> new MailDelivery(jdbi, client, metrics, foundation.clock()))
        .ifPresent(
            delivery -> {
              lifecycle.manage(
                  new RepeatedTask("mail-delivery", BETWEEN_DELIVERIES, delivery::run));
              // Stops first, before the task's thread is interrupted.
              lifecycle.manage(delivery);
            });
    return new CountedMails(mails, foundation.environment().metrics());
  }
}
