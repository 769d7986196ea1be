package io.boxoffice.account;

import io.boxoffice.account.store.AccountDao;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.partner.FollowUp;
import io.boxoffice.partner.PartnerClient;
import io.boxoffice.partner.PartnerRequest;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Jdbi;

/**
 * Welcomes each new account by a mail of the email partner. The id of the event is the key of the
 * mail, so a repeated call sends nothing more.
 */
final class WelcomeMails {
  private static final String CONSUMER = "welcome-mail";

  /** The mails of a batch are asked for side by side. */
  private static final int BATCH = 50;

  private static final String TEXT =
      """
      Your account at Box Office is ready. Sign in with your address to see your tickets and orders.
      """;

  private final Jdbi jdbi;
  private final PartnerClient email;

  WelcomeMails(Jdbi jdbi, PartnerClient email) {
    this.jdbi = jdbi;
    this.email = email;
  }

  private record Mail(String to, String subject, String text) {}

  FollowUp followUp() {
    return FollowUp.toPartner(
        CONSUMER, Set.of(EventType.ACCOUNT_REGISTERED), BATCH, FollowUp.Call.each(this::send));
  }

  /** The event has no address. An account that is deleted by now gets no mail. */
  private CompletionStage<?> send(Event event) {
    return jdbi.withExtension(AccountDao.class, dao -> dao.find(event.subject()))
        .<CompletionStage<?>>map(
            account ->
                email.send(
                    PartnerRequest.post(
                        "mails",
                        event.id(),
                        new Mail(account.email(), "Welcome to Box Office", TEXT))))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }
}
