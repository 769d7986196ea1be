package io.boxoffice.mail;

import com.codahale.metrics.MetricRegistry;
import org.jdbi.v3.core.Handle;

/** Counts mails by kind, so that operators see a flood of registrations or resets. */
final class CountedMails implements Mails {
  private final Mails mails;
  private final MetricRegistry metrics;

  CountedMails(Mails mails, MetricRegistry metrics) {
    this.mails = mails;
    this.metrics = metrics;
  }

  @Override
  public void send(Handle transaction, NewMail mail) {
    mails.send(transaction, mail);
    // A mail of a transaction that is rolled back does not exist.
    transaction.afterCommit(() -> metrics.meter("mails.written." + mail.kind()).mark());
  }
}
