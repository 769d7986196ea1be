package io.boxoffice.account;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.account.address.AddressModule;
import io.boxoffice.account.oidc.IdentityService;
import io.boxoffice.account.oidc.OidcModule;
import io.boxoffice.account.password.PasswordRules;
import io.boxoffice.account.session.Reauthentication;
import io.boxoffice.account.session.SessionModule;
import io.boxoffice.account.store.AccountDao;
import io.boxoffice.account.totp.TotpResource;
import io.boxoffice.account.totp.TotpService;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.mail.Mails;
import io.boxoffice.order.OrderService;
import io.boxoffice.partner.Partner;
import io.boxoffice.partner.PartnerModule;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.metrics.PeriodicGauges;
import io.boxoffice.purchase.PurchaseService;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.time.Clock;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** Builds the parts of this feature from its settings: registration, own data, roles. */
public final class AccountModule {
  private static final Duration BETWEEN_DELETIONS = Duration.ofHours(1);

  private AccountModule() {}

  /**
   * Registers the resources, the metrics, and what follows the database.
   *
   * @param outbox publishes each new account
   * @param partners sends the mail that welcomes a new account
   * @param session what this feature built before
   * @param purchases lists the purchases of an account, and removes the person from them
   * @param orders removes the person from their orders
   */
  public static void install(
      Foundation foundation,
      Outbox outbox,
      PartnerModule partners,
      AccountSettings settings,
      SessionModule session,
      Mails mails,
      PurchaseService purchases,
      OrderService orders) {
    Jdbi jdbi = foundation.jdbi();
    Clock clock = foundation.clock();
    JerseyEnvironment jersey = foundation.environment().jersey();
    Duration codeLifetime = settings.codeLifetime().toJavaDuration();
    NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator(foundation.random());
    OneTimeCodes codes = new OneTimeCodes(clock, foundation.random(), codeLifetime);
    AccountMails texts = new AccountMails(codeLifetime);
    PasswordRules rules = PasswordRules.shipped();
    Reauthentication reauthentication = new Reauthentication(session.hasher());
    IdentityService identities =
        OidcModule.install(
            foundation,
            outbox,
            partners.followUps(),
            settings.identityProvider(),
            session,
            reauthentication,
            mails);
    AccountService accounts =
        new AccountService(
            jdbi,
            mails,
            texts,
            rules,
            session.hasher(),
            reauthentication,
            session.hashing(),
            session.sessions(),
            identities,
            session.factors(),
            purchases,
            orders);
    partners
        .client(Partner.EMAIL)
        .ifPresent(email -> partners.followUps().add(new WelcomeMails(jdbi, email).followUp()));
    AddressModule.install(foundation, codeLifetime, session, reauthentication, mails);
    jersey.register(new AccountResource(accounts));
    jersey.register(new OwnAccountResource(accounts));
    jersey.register(
        new TotpResource(
            new TotpService(
                jdbi,
                session.factors(),
                reauthentication,
                session.hashing(),
                session.sessions(),
                mails)));
    jersey.register(
        new RegistrationResource(
            new RegistrationService(
                jdbi,
                clock,
                ids,
                outbox,
                partners.followUps(),
                mails,
                texts,
                codes,
                rules,
                session.hasher(),
                session.hashing(),
                session.sessions())));
    foundation
        .environment()
        .lifecycle()
        .manage(
            new RepeatedTask("code-deletion", BETWEEN_DELETIONS, () -> codes.deleteExpired(jdbi)));
    foundation
        .gauges()
        .add(
            "accounts.count",
            () -> jdbi.withExtension(AccountDao.class, dao -> dao.count(PeriodicGauges.MOST_ROWS)));
  }
}
