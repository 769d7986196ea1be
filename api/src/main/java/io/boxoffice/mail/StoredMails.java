package io.boxoffice.mail;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.platform.http.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Keeps mails in a table, where operators and the delivery read them. Old mails are deleted. */
public final class StoredMails implements Mails {
  private final Jdbi jdbi;
  private final Clock clock;
  private final NoArgGenerator ids;
  private final Duration retention;
  private final Mail.State first;

  /**
   * Uses the given database.
   *
   * @param ids increase in the order of creation (UUID version 7)
   * @param retention how long a mail is kept
   * @param first the state of new mails: queued if they are sent, otherwise kept
   */
  public StoredMails(
      Jdbi jdbi, Clock clock, NoArgGenerator ids, Duration retention, Mail.State first) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.ids = ids;
    this.retention = retention;
    this.first = first;
  }

  @Override
  public void send(Handle transaction, NewMail mail) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    transaction
        .attach(MailDao.class)
        .insert(
            new Mail(
                ids.generate(),
                mail.recipient(),
                mail.kind(),
                mail.subject(),
                mail.body(),
                now,
                first,
                null,
                null),
            mail.usefulFor() == null ? null : now.plus(mail.usefulFor()));
  }

  /**
   * Reads a page of mails, oldest first.
   *
   * @param recipient null for all recipients
   */
  Page<Mail> list(String recipient, UUID after, int limit) {
    return Page.cut(
        jdbi.withExtension(MailDao.class, dao -> dao.list(recipient, after, limit + 1)),
        limit,
        Mail::id);
  }

  /** Deletes the mails that are older than the retention. */
  void deleteOld() {
    jdbi.useExtension(MailDao.class, dao -> dao.deleteBefore(clock.instant().minus(retention)));
  }
}
