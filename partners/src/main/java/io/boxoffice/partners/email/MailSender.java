package io.boxoffice.partners.email;

import io.boxoffice.mail.GrowingPause;
import io.boxoffice.mail.smtp.Letter;
import io.boxoffice.mail.smtp.Reply;
import io.boxoffice.mail.smtp.SmtpClient;
import io.boxoffice.mail.smtp.SmtpConnection;
import io.boxoffice.mail.smtp.SmtpUnavailableException;
import io.boxoffice.partners.email.EmailMetrics.Outcome;
import io.boxoffice.partners.journal.Journal;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends queued mails on one thread and one connection. A mail whose end is not on disk when the
 * process is killed is sent again with the same Message-ID: it is delivered at least once.
 */
final class MailSender implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

  /** At this age, a mail is given up. */
  static final Duration GIVE_UP = Duration.ofDays(1);

  private static final GrowingPause AFTER_DEFERRED =
      new GrowingPause(Duration.ofSeconds(10), 3, Duration.ofMinutes(30));
  private static final GrowingPause AFTER_UNAVAILABLE =
      new GrowingPause(Duration.ofSeconds(1), 2, Duration.ofMinutes(1));
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final SmtpClient smtp;
  private final MailBook book;
  private final Journal<MailEntry> journal;
  private final EmailMetrics metrics;
  private final Clock clock;
  private final ScheduledThreadPoolExecutor thread;

  /** What only the thread uses: the connection, its last use, and the failures to connect. */
  private SmtpConnection connection;

  private Instant lastUse = Instant.MIN;
  private Instant serverPause = Instant.MIN;
  private int serverFailures;

  MailSender(
      SmtpClient smtp,
      MailBook book,
      Journal<MailEntry> journal,
      EmailMetrics metrics,
      Clock clock) {
    this.smtp = smtp;
    this.book = book;
    this.journal = journal;
    this.metrics = metrics;
    this.clock = clock;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread daemon = new Thread(work, "email-delivery");
              daemon.setDaemon(true);
              return daemon;
            });
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  /** Sends a mail soon. */
  void send(Mail mail) {
    schedule(mail.id(), 1, Duration.ZERO);
  }

  /** Sends the mails that an earlier run did not send. */
  @Override
  public void start() {
    book.queuedMails().forEach(this::send);
    var unused =
        thread.scheduleWithFixedDelay(
            this::closeIdle, IDLE_LIMIT.toMillis(), IDLE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets the present attempt end. What waits is sent after the next start. */
  @Override
  public void stop() throws InterruptedException {
    thread.shutdown();
    thread.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    if (connection != null) {
      connection.close();
    }
  }

  private void schedule(UUID mailId, int attempt, Duration pause) {
    try {
      var unused =
          thread.schedule(() -> attempt(mailId, attempt), pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("The mail {} is sent after the next start", mailId);
    }
  }

  /** Never throws: nobody would see it, and the mail would wait until the next start. */
  private void attempt(UUID mailId, int attempt) {
    Mail mail = book.mail(mailId).orElse(null);
    if (mail == null || mail.state() != Mail.State.QUEUED) {
      return;
    }
    Instant now = clock.instant();
    if (mail.createdAt().plus(GIVE_UP).isBefore(now)) {
      end(mail, Mail.State.FAILED, "given up: no server accepted it in time", Outcome.EXPIRED);
    } else if (now.isBefore(serverPause)) {
      schedule(mailId, attempt, Duration.between(now, serverPause));
    } else {
      try {
        send(mail, attempt, connected());
      } catch (SmtpUnavailableException unavailable) {
        metrics.attempted(Outcome.UNAVAILABLE);
        serverFailures++;
        Duration pause = AFTER_UNAVAILABLE.after(serverFailures);
        serverPause = now.plus(pause);
        LOG.warn("Mails wait: {}", unavailable.getMessage());
        schedule(mailId, attempt, pause);
      } catch (RuntimeException failure) {
        LOG.error("The mail {} could not be sent", mailId, failure);
        schedule(mailId, attempt + 1, AFTER_DEFERRED.after(attempt));
      }
    }
  }

  private void send(Mail mail, int attempt, SmtpConnection usable) {
    Reply reply =
        usable.send(
            new Letter(mail.id(), mail.to(), mail.subject(), mail.text(), mail.createdAt()));
    lastUse = clock.instant();
    switch (reply.outcome()) {
      case SENT -> end(mail, Mail.State.SENT, null, Outcome.SENT);
      case REJECTED -> end(mail, Mail.State.FAILED, reply.text(), Outcome.REJECTED);
      case DEFERRED -> {
        metrics.attempted(Outcome.DEFERRED);
        schedule(mail.id(), attempt + 1, AFTER_DEFERRED.after(attempt));
      }
      default -> throw new IllegalStateException(reply.outcome().toString());
    }
  }

  private void end(Mail mail, Mail.State state, String failure, Outcome outcome) {
    metrics.attempted(outcome);
    // If this line is lost in a crash, the mail is sent once more.
    var unused = journal.append(now -> new MailEntry.Ended(mail.id(), state, failure, now));
  }

  private SmtpConnection connected() throws SmtpUnavailableException {
    if (connection != null && !connection.isUsable()) {
      connection.close();
      connection = null;
    }
    if (connection == null) {
      connection = smtp.connect();
      serverFailures = 0;
    }
    return connection;
  }

  private void closeIdle() {
    if (connection != null && lastUse.plus(IDLE_LIMIT).isBefore(clock.instant())) {
      connection.close();
      connection = null;
    }
  }
}
