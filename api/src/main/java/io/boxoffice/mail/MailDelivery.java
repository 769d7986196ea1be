package io.boxoffice.mail;

import io.boxoffice.mail.DeliveryMetrics.Outcome;
import io.boxoffice.mail.smtp.Reply;
import io.boxoffice.mail.smtp.SmtpClient;
import io.boxoffice.mail.smtp.SmtpConnection;
import io.boxoffice.mail.smtp.SmtpUnavailableException;
import io.dropwizard.lifecycle.Managed;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends queued mails beside the requests. Each mail is claimed before it is sent, so that one
 * replica sends it. A mail whose outcome could not be stored is sent again with the same
 * Message-ID: it is delivered at least once.
 */
final class MailDelivery implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(MailDelivery.class);

  /** The most mails of one run, so that a run ends. */
  private static final int BATCH = 100;

  /**
   * Longer than the longest attempt: the read limit for each of the answers to MAIL, RCPT, DATA and
   * the text.
   */
  static final Duration CLAIM = Duration.ofMinutes(5);

  /** At this age, any mail is given up: old news would confuse its reader. */
  static final Duration GIVE_UP = Duration.ofDays(1);

  private static final GrowingPause AFTER_DEFERRED =
      new GrowingPause(Duration.ofSeconds(10), 3, Duration.ofMinutes(30));

  private static final GrowingPause AFTER_UNAVAILABLE =
      new GrowingPause(Duration.ofSeconds(1), 2, Duration.ofMinutes(1));

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Jdbi jdbi;
  private final SmtpClient smtp;
  private final DeliveryMetrics metrics;
  private final Clock clock;
  private final ReentrantLock running = new ReentrantLock();
  private volatile boolean stopping;

  /** When the server may be asked again, and how often it failed. Only one run uses them. */
  private Instant serverPause = Instant.MIN;

  private int serverFailures;

  MailDelivery(Jdbi jdbi, SmtpClient smtp, DeliveryMetrics metrics, Clock clock) {
    this.jdbi = jdbi;
    this.smtp = smtp;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Sends the mails that are due, over one connection.
   *
   * @throws UncheckedIOException when the server cannot be used; the mails wait
   */
  void run() {
    running.lock();
    try {
      metrics.count(
          Outcome.EXPIRED, jdbi.withExtension(DeliveryDao.class, dao -> dao.giveUp(GIVE_UP)));
      if (!stopping
          && !clock.instant().isBefore(serverPause)
          && jdbi.withExtension(DeliveryDao.class, DeliveryDao::anyDue)) {
        connectAndSend();
      }
    } finally {
      running.unlock();
    }
  }

  private void connectAndSend() {
    try (SmtpConnection connection = smtp.connect()) {
      serverFailures = 0;
      boolean more = true;
      for (int i = 0; i < BATCH && more && !stopping; i++) {
        more = sendNext(connection);
      }
    } catch (SmtpUnavailableException unavailable) {
      metrics.count(Outcome.UNAVAILABLE, 1);
      serverFailures++;
      serverPause = clock.instant().plus(AFTER_UNAVAILABLE.after(serverFailures));
      throw new UncheckedIOException(unavailable.getMessage(), unavailable);
    }
  }

  /** Returns whether the connection can send another mail. */
  private boolean sendNext(SmtpConnection connection) {
    Optional<QueuedMail> claimed = jdbi.withExtension(DeliveryDao.class, dao -> dao.claim(CLAIM));
    if (claimed.isEmpty()) {
      return false;
    }
    QueuedMail mail = claimed.get();
    Reply reply = connection.send(mail.letter());
    jdbi.useExtension(DeliveryDao.class, dao -> note(dao, mail, reply));
    metrics.count(Outcome.valueOf(reply.outcome().name()), 1);
    return reply.outcome() == Reply.Outcome.SENT || connection.isUsable();
  }

  private static void note(DeliveryDao dao, QueuedMail mail, Reply reply) {
    switch (reply.outcome()) {
      case SENT -> dao.sent(mail.id(), mail.attempts());
      case REJECTED -> {
        // The reason can contain the address, so only GET /v1/mails shows it.
        LOG.warn("The mail {} ({}) was rejected and is not sent again", mail.id(), mail.kind());
        dao.failed(mail.id(), mail.attempts(), reply.text());
      }
      case DEFERRED ->
          dao.retry(
              mail.id(), mail.attempts(), AFTER_DEFERRED.after(mail.attempts()), reply.text());
      default -> throw new IllegalStateException(reply.outcome().toString());
    }
  }

  /** Lets the mail that is being sent end, so that its outcome is stored. */
  @Override
  public void stop() throws InterruptedException {
    stopping = true;
    if (running.tryLock(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      running.unlock();
    }
  }
}
