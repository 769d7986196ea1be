package io.boxoffice.account.session;

import com.fasterxml.uuid.Generators;
import com.nimbusds.jose.jwk.RSAKey;
import io.boxoffice.account.factor.SecondFactors;
import io.boxoffice.account.password.HashingQueue;
import io.boxoffice.account.password.HashingSettings;
import io.boxoffice.account.password.PasswordHasher;
import io.boxoffice.account.store.SessionDao;
import io.boxoffice.mail.Mails;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.auth.SessionTokens;
import io.boxoffice.platform.key.RotatingKeys;
import io.boxoffice.platform.limit.GrowingDelay;
import io.boxoffice.platform.limit.PartitionKeys;
import io.boxoffice.platform.metrics.PeriodicGauges;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Clock;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/**
 * Builds sessions from their settings. They are a module of their own, because the checks of
 * callers, which every feature uses, need them first.
 *
 * @param tokens the check of access tokens, for the platform
 * @param sessions the service, for the rest of this feature
 * @param hasher the hasher of passwords
 * @param hashing the queue for everything that hashes passwords
 * @param factors the second factors, for their owners
 * @param signIns counts sign-ins of every method
 */
public record SessionModule(
    SessionTokens tokens,
    SessionService sessions,
    PasswordHasher hasher,
    HashingQueue hashing,
    SecondFactors factors,
    SignInMetrics signIns) {
  private static final Duration BETWEEN_DELETIONS = Duration.ofHours(1);

  /** The longest time for which failed sign-ins delay the next one. */
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  /** After so long without another failure, a network begins again without a delay. */
  private static final Duration MEMORY_OF_FAILURES = Duration.ofHours(1);

  /**
   * Registers the resources, and what keeps this replica's keys and revocations up to date.
   *
   * @param mails warn people of sign-ins that may not be theirs
   * @param clients hide people and networks in the counts of failures
   */
  public static SessionModule install(
      Foundation foundation,
      SessionSettings settings,
      HashingSettings limits,
      Mails mails,
      PartitionKeys clients) {
    Jdbi jdbi = foundation.jdbi();
    Clock clock = foundation.clock();
    PasswordHasher hasher = new PasswordHasher(foundation.random());
    HashingQueue hashing =
        new HashingQueue(limits, foundation.environment().metrics(), foundation.prometheus());
    Duration accepted =
        settings.accessTokenLifetime().toJavaDuration().plus(AccessTokens.CLOCK_SKEW);
    RotatingKeys<RSAKey> keys =
        SigningKeys.in(jdbi, clock, settings.keyRotation().toJavaDuration(), accepted);
    Revocations revocations = new Revocations(jdbi, accepted);
    SignInMetrics metrics = new SignInMetrics(foundation.environment().metrics());
    AccessTokens tokens = new AccessTokens(keys, revocations, clock, settings);
    SecondFactors factors = new SecondFactors(jdbi, clock, foundation.random(), clients);
    SessionService sessions =
        new SessionService(
            jdbi,
            clock,
            Generators.timeBasedEpochRandomGenerator(foundation.random()),
            foundation.random(),
            settings.lifetime().toJavaDuration(),
            tokens,
            revocations);
    SignInService passwords =
        new SignInService(
            jdbi,
            hashing,
            hasher,
            sessions,
            factors,
            mails,
            new GrowingDelay(
                jdbi,
                clients,
                "sign-in",
                settings.failuresWithoutDelay(),
                LONGEST_DELAY,
                MEMORY_OF_FAILURES),
            metrics);
    foundation.environment().jersey().register(new SessionResource(sessions, passwords));
    foundation.environment().jersey().register(new KeyResource(keys));
    foundation
        .gauges()
        .add(
            "accounts.sessions",
            () ->
                jdbi.withExtension(
                    SessionDao.class,
                    dao -> dao.countActive(clock.instant(), PeriodicGauges.MOST_ROWS)));
    LifecycleEnvironment lifecycle = foundation.environment().lifecycle();
    lifecycle.manage(hashing);
    lifecycle.manage(new RepeatedTask("revocations", Revocations.POLL, revocations::refresh));
    lifecycle.manage(new RepeatedTask("signing-keys", RotatingKeys.POLL, keys::follow));
    lifecycle.manage(
        new RepeatedTask("session-deletion", BETWEEN_DELETIONS, sessions::deleteEnded));
    lifecycle.manage(
        new RepeatedTask(
            "failed-attempt-deletion",
            BETWEEN_DELETIONS,
            () -> GrowingDelay.deleteForgotten(jdbi)));
    return new SessionModule(tokens, sessions, hasher, hashing, factors, metrics);
  }
}
