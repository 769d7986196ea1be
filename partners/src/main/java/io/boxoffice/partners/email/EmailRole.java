package io.boxoffice.partners.email;

import io.boxoffice.mail.smtp.SmtpClient;
import io.boxoffice.partners.Partner;
import io.boxoffice.partners.PartnersConfiguration;
import io.boxoffice.partners.Role;
import io.boxoffice.partners.journal.Journal;
import io.boxoffice.partners.journal.JournalPlace;
import io.boxoffice.platform.RepeatedTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Builds the email partner from its settings. */
public final class EmailRole implements Role {
  private static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "email";
  }

  @Override
  public void install(PartnersConfiguration configuration, Partner partner) {
    EmailSettings settings = configuration.email();
    Optional<SmtpClient> smtp = SmtpClient.of(settings.smtpUrl(), settings.from());
    MailBook book = new MailBook();
    Journal<MailEntry> journal =
        new Journal<>(
            partner.clock(),
            new JournalPlace(name(), "EMAIL_DATA_DIR", Path.of(settings.directory())),
            partner.json(),
            MailEntry.class,
            book::apply,
            book::latest,
            book);
    partner.keep(journal);
    EmailMetrics metrics = new EmailMetrics(partner.prometheus());
    Consumer<Mail> accepted = mail -> {};
    if (smtp.isPresent()) {
      MailSender sender = new MailSender(smtp.get(), book, journal, metrics, partner.clock());
      partner.manage(sender);
      accepted = sender::send;
    }
    MailService mails =
        new MailService(
            settings,
            journal,
            book,
            partner.waits(),
            partner.ids(),
            partner.executor(),
            smtp.isPresent() ? Mail.State.QUEUED : Mail.State.KEPT,
            accepted,
            metrics,
            new ConcurrentHashMap<>());
    partner.manage(
        new RepeatedTask(
            "email-retention",
            BETWEEN_DELETIONS,
            () -> {
              if (book.deleteBefore(
                  partner.clock().instant().minus(settings.retention().toJavaDuration()))) {
                var unused = journal.compact();
              }
            }));
    partner.gauge("email_mails_in_progress", "Mails without an answer.", mails::inProgress);
    partner.gauge("email_mails_queued", "Mails that wait for an attempt.", book::queued);
    partner.gauge("email_ledger_mails", "Mails in the ledger.", book::size);
    partner.serve(new MailResource(mails, book));
  }
}
