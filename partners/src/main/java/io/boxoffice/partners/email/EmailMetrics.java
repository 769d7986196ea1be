package io.boxoffice.partners.email;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.Locale;

/** The figures of the email partner; docs/partners.md lists them. */
final class EmailMetrics {
  /** How an attempt to send a mail ended. */
  enum Outcome {
    SENT,
    /** Refused for ever. */
    REJECTED,
    /** Another attempt follows. */
    DEFERRED,
    /** Given up because of its age. */
    EXPIRED,
    /** No connection to the server; the mails wait. */
    UNAVAILABLE
  }

  private final Counter accepted;
  private final Counter replays;
  private final Counter attempts;

  /** Registers the counters. */
  EmailMetrics(CollectorRegistry prometheus) {
    this.accepted = Counter.build("email_mails", "Mails that are on disk.").register(prometheus);
    this.replays =
        Counter.build("email_replays", "Requests that got a mail which was accepted before.")
            .register(prometheus);
    this.attempts =
        Counter.build("email_attempts", "Attempts to send a mail.")
            .labelNames("outcome")
            .register(prometheus);
    for (Outcome outcome : Outcome.values()) {
      attempts.labels(word(outcome));
    }
  }

  void answered(MailService.Answer answer) {
    (answer.replayed() ? replays : accepted).inc();
  }

  void attempted(Outcome outcome) {
    attempts.labels(word(outcome)).inc();
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
