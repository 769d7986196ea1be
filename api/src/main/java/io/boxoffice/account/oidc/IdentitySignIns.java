package io.boxoffice.account.oidc;

import com.fasterxml.uuid.NoArgGenerator;
import com.google.common.hash.Hashing;
import io.boxoffice.account.oidc.provider.IdentityProvider;
import io.boxoffice.account.oidc.provider.VerifiedIdentity;
import io.boxoffice.account.store.IdentitySignInDao;
import io.boxoffice.account.store.IdentitySignInRow;
import io.boxoffice.platform.error.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Begins sign-ins at the provider and ends each once. The client that begins gets the code verifier
 * (RFC 7636), and the database has its SHA-256 only. The client that ends a sign-in must present
 * it. So no client can sign another person in with a code of its own, and no copy of the database
 * ends a sign-in.
 */
final class IdentitySignIns {
  /** How long a person has to sign in at the provider. */
  static final Duration LIFETIME = Duration.ofMinutes(10);

  /** The bytes of a code verifier, as RFC 7636, section 4.1 recommends, and of state and nonce. */
  private static final int RANDOM_BYTES = 32;

  private final Jdbi jdbi;
  private final Clock clock;
  private final SecureRandom random;
  private final NoArgGenerator ids;
  private final IdentityProvider provider;

  IdentitySignIns(
      Jdbi jdbi, Clock clock, SecureRandom random, NoArgGenerator ids, IdentityProvider provider) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.random = random;
    this.ids = ids;
    this.provider = provider;
  }

  /**
   * Begins a sign-in.
   *
   * @param redirectUri one that the settings allow
   * @throws ProblemException 503 when the provider does not answer as it must
   */
  IdentitySignIn begin(String redirectUri) {
    String codeVerifier = randomText();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    IdentitySignInRow row =
        new IdentitySignInRow(
            ids.generate(),
            randomText(),
            randomText(),
            challenge(codeVerifier),
            redirectUri,
            now,
            now.plus(LIFETIME));
    IdentitySignIn begun =
        new IdentitySignIn(row.id(), provider.authorizationUrl(row), codeVerifier, row.expiresAt());
    jdbi.useExtension(IdentitySignInDao.class, dao -> dao.insert(row));
    return begun;
  }

  /**
   * Ends a sign-in. A request with a wrong value leaves it as it is.
   *
   * @throws ProblemException 401 when it is unknown, expired or used, or a value is wrong; 503 when
   *     the provider does not answer as it must
   */
  VerifiedIdentity end(UUID id, Completion completion) {
    provider.requireIssuer(completion.iss());
    IdentitySignInRow row =
        jdbi.withExtension(
                IdentitySignInDao.class,
                dao ->
                    dao.take(
                        id,
                        completion.state(),
                        challenge(completion.codeVerifier()),
                        clock.instant()))
            .orElseThrow(IdentityProvider::failed);
    return provider.redeem(completion.code(), completion.codeVerifier(), row);
  }

  /** Deletes the sign-ins that have expired. */
  void deleteExpired() {
    jdbi.useExtension(IdentitySignInDao.class, dao -> dao.deleteExpired(clock.instant()));
  }

  /** Returns the code challenge of a verifier by the method S256 (RFC 7636, section 4.2). */
  private static String challenge(String codeVerifier) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            Hashing.sha256().hashString(codeVerifier, StandardCharsets.UTF_8).asBytes());
  }

  private String randomText() {
    byte[] content = new byte[RANDOM_BYTES];
    random.nextBytes(content);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
  }
}
