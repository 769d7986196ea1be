package io.boxoffice.partners.email;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.partners.delay.DrawnDelay;
import io.boxoffice.partners.delay.Waits;
import io.boxoffice.partners.effect.OncePerKey;
import io.boxoffice.partners.journal.Journal;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Accepts mails: one for each key. A mail is accepted only when it is on disk; it is sent
 * afterwards.
 */
final class MailService {
  /**
   * How a request ended.
   *
   * @param replayed whether an earlier request led to the mail
   */
  record Answer(Mail mail, boolean replayed) {}

  private final EmailSettings settings;
  private final Journal<MailEntry> journal;
  private final MailBook book;
  private final DrawnDelay delay;
  private final Waits waits;
  private final NoArgGenerator ids;
  private final Executor executor;
  private final Mail.State first;
  private final Consumer<Mail> accepted;
  private final EmailMetrics metrics;
  private final OncePerKey<NewMail, Answer> once;

  /**
   * Creates the service.
   *
   * @param executor runs what follows a wait
   * @param first the state of a new mail: queued if mails are sent, otherwise kept
   * @param accepted gets each new mail when it is on disk
   * @param inProgress an empty map, which makes a key the key of one request at a time
   */
  MailService(
      EmailSettings settings,
      Journal<MailEntry> journal,
      MailBook book,
      Waits waits,
      NoArgGenerator ids,
      Executor executor,
      Mail.State first,
      Consumer<Mail> accepted,
      EmailMetrics metrics,
      ConcurrentMap<String, NewMail> inProgress) {
    this.settings = settings;
    this.journal = journal;
    this.book = book;
    this.delay = new DrawnDelay("EMAIL_DELAY", settings.delay());
    this.waits = waits;
    this.ids = ids;
    this.executor = executor;
    this.first = first;
    this.accepted = accepted;
    this.metrics = metrics;
    this.once = new OncePerKey<>("mails", settings.mostInProgress(), this::earlier, inProgress);
  }

  /**
   * Accepts a mail after the delay, or finds the one of the key.
   *
   * @throws ProblemException 409 while another request with the key is in progress, 422 for a key
   *     with another mail, 503 when there is no room
   */
  CompletionStage<Answer> accept(String key, NewMail mail) {
    return once.run(
            key,
            mail,
            () -> {
              requireRoom();
              return waits
                  .after(delay.next())
                  .thenComposeAsync(nothing -> write(key, mail), executor)
                  .thenApplyAsync(this::accepted, executor);
            })
        .thenApply(
            answer -> {
              metrics.answered(answer);
              return answer;
            });
  }

  /** Returns how many mails are not on disk yet. */
  int inProgress() {
    return once.inProgress();
  }

  private Answer accepted(MailEntry.Accepted entry) {
    accepted.accept(entry.mail());
    return new Answer(entry.mail(), false);
  }

  private CompletionStage<MailEntry.Accepted> write(String key, NewMail mail) {
    return journal.append(
        now ->
            new MailEntry.Accepted(
                new Mail(
                    ids.generate(),
                    key,
                    mail.to(),
                    mail.subject(),
                    mail.text(),
                    first,
                    now,
                    null,
                    null)));
  }

  private Optional<OncePerKey.Done<NewMail, Answer>> earlier(String key) {
    return book.acceptedWith(key)
        .map(mail -> new OncePerKey.Done<>(mail.request(), new Answer(mail, true)));
  }

  private void requireRoom() {
    if (book.size() + once.inProgress() > settings.mostMails()
        || book.characters() > settings.mostCharacters()) {
      throw ProblemException.of(
          ProblemCode.UNAVAILABLE,
          "The ledger holds as many mails as it may; EMAIL_RETENTION says when the oldest are deleted.");
    }
  }
}
