package io.boxoffice.account.oidc;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.account.oidc.provider.IdentityProvider;
import io.boxoffice.account.oidc.provider.ProviderSettings;
import io.boxoffice.account.session.Reauthentication;
import io.boxoffice.account.session.SessionModule;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.mail.Mails;
import io.boxoffice.partner.FollowUps;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.WorkQueue;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.strict.PlainText;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/**
 * Builds sign-in by OpenID Connect from its settings. Without a provider, people can still see and
 * remove the identities of their account. The start of the service does not wait for the provider.
 */
public final class OidcModule {
  private static final Duration BETWEEN_CHECKS = Duration.ofMinutes(1);
  private static final Duration BETWEEN_DELETIONS = Duration.ofHours(1);

  private OidcModule() {}

  /** An address as a provider writes it, with the rules of an address that a person types. */
  private record ProvidedAddress(@Size(min = 3, max = 254) @PlainText @Email String email) {}

  /**
   * Registers the resources, and what follows the provider.
   *
   * @return the service, for the export of a person's data
   * @throws StartupException when a setting is missing or not secure
   */
  public static IdentityService install(
      Foundation foundation,
      Outbox outbox,
      FollowUps followUps,
      ProviderSettings settings,
      SessionModule session,
      Reauthentication reauthentication,
      Mails mails) {
    settings.requireUsable();
    Jdbi jdbi = foundation.jdbi();
    Clock clock = foundation.clock();
    NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator(foundation.random());
    Validator validator = foundation.environment().getValidator();
    WorkQueue calls =
        new WorkQueue(
            "identity-provider",
            settings.threads(),
            settings.queueLength(),
            UnaryOperator.identity(),
            () ->
                ProblemException.retryable(
                    ProblemCode.OVERLOADED,
                    "Too many sign-ins wait for the identity provider.",
                    Math.max(1, (int) settings.timeLimit().toSeconds())));
    LifecycleEnvironment lifecycle = foundation.environment().lifecycle();
    lifecycle.manage(calls);
    Optional<IdentitySignIns> signIns = Optional.empty();
    if (settings.isOn()) {
      IdentityProvider provider = new IdentityProvider(settings, clock);
      IdentitySignIns started =
          new IdentitySignIns(jdbi, clock, foundation.random(), ids, provider);
      lifecycle.manage(
          new RepeatedTask("identity-provider-check", BETWEEN_CHECKS, provider::follow));
      lifecycle.manage(
          new RepeatedTask("identity-sign-in-deletion", BETWEEN_DELETIONS, started::deleteExpired));
      signIns = Optional.of(started);
    }
    IdentityService identities =
        new IdentityService(
            jdbi,
            settings.allowedRedirectUris(),
            signIns,
            new IdentityAccounts(
                jdbi,
                clock,
                ids,
                outbox,
                mails,
                session.sessions(),
                email -> validator.validate(new ProvidedAddress(email)).isEmpty()),
            followUps,
            calls,
            session.hashing(),
            reauthentication,
            session.signIns());
    foundation.environment().jersey().register(new IdentitySignInResource(identities));
    foundation.environment().jersey().register(new OwnIdentityResource(identities));
    return identities;
  }
}
