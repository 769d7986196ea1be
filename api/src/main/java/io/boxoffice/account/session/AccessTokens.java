package io.boxoffice.account.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.Role;
import io.boxoffice.platform.auth.SessionTokens;
import io.boxoffice.platform.auth.SignedIn;
import io.boxoffice.platform.key.RotatingKeys;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Issues and verifies access tokens: JWTs of RFC 9068, signed with RS256. The key is always one of
 * the service's own, found by its id; a token that brings or names a key is rejected.
 */
public final class AccessTokens implements SessionTokens {
  /** How far the clocks of two replicas may differ. */
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

  /** The {@code aud} of every token. */
  static final String AUDIENCE = "boxoffice-api";

  /** The {@code typ} of an access token (RFC 9068, section 2.1). */
  static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

  private static final String SESSION = "sid";
  private static final String ROLES = "roles";
  private static final Set<String> REQUIRED = Set.of("sub", SESSION, ROLES, "exp", "iat", "jti");

  /** A verified token is kept, because the check of a signature costs more than a sale. */
  private static final int MOST_KEPT = 5_000;

  private record Verified(SignedIn caller, Instant expiresAt) {}

  private final RotatingKeys<RSAKey> keys;
  private final Revocations revocations;
  private final Clock clock;
  private final String issuer;
  private final Duration lifetime;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

  /** Signs and verifies with the given keys, as the settings say. */
  public AccessTokens(
      RotatingKeys<RSAKey> keys, Revocations revocations, Clock clock, SessionSettings settings) {
    this.keys = keys;
    this.revocations = revocations;
    this.clock = clock;
    this.issuer = settings.issuer();
    this.lifetime = settings.accessTokenLifetime().toJavaDuration();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.RS256, (selector, context) -> keysOf(selector.getMatcher().getKeyIDs())));
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            AUDIENCE, new JWTClaimsSet.Builder().issuer(issuer).build(), REQUIRED);
    claims.setMaxClockSkew((int) CLOCK_SKEW.toSeconds());
    processor.setJWTClaimsSetVerifier(claims);
  }

  /** How long a new token is valid. */
  Duration lifetime() {
    return lifetime;
  }

  /** Returns a new token of a session. */
  String issue(AccountRow account, UUID session) {
    Instant now = clock.instant();
    RSAKey key = keys.signing();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(TYPE).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(AUDIENCE)
                .subject(account.id().toString())
                .claim("client_id", AUDIENCE)
                .claim(SESSION, session.toString())
                .claim(ROLES, List.of(account.role().name()))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException everyJdkHasRsa) {
      throw new IllegalStateException(everyJdkHasRsa);
    }
    return token.serialize();
  }

  @Override
  public Optional<SignedIn> verify(String token) {
    Verified known = verified.getIfPresent(token);
    if (known == null) {
      Optional<Verified> checked = check(token);
      if (checked.isEmpty()) {
        return Optional.empty();
      }
      known = checked.get();
      verified.put(token, known);
    }
    return clock.instant().isBefore(known.expiresAt().plus(CLOCK_SKEW))
            && !revocations.contains(known.caller().session())
        ? Optional.of(known.caller())
        : Optional.empty();
  }

  private Optional<Verified> check(String token) {
    try {
      SignedJWT parsed = SignedJWT.parse(token);
      if (bringsAKey(parsed.getHeader())) {
        return Optional.empty();
      }
      JWTClaimsSet claims = processor.process(parsed, null);
      return Optional.of(
          new Verified(
              new SignedIn(
                  UUID.fromString(claims.getSubject()),
                  UUID.fromString(claims.getStringClaim(SESSION)),
                  claims.getStringListClaim(ROLES).contains(Role.OPERATOR.name())),
              claims.getExpirationTime().toInstant()));
    } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException invalid) {
      return Optional.empty();
    }
  }

  /** Returns the key with the id of a header; none for a header without one. */
  private List<JWK> keysOf(Set<String> ids) {
    return ids == null
        ? List.of()
        : ids.stream().flatMap(id -> keys.find(id).stream()).map(JWK.class::cast).toList();
  }

  private static boolean bringsAKey(JWSHeader header) {
    return header.getJWKURL() != null
        || header.getJWK() != null
        || header.getX509CertURL() != null
        || header.getX509CertChain() != null;
  }
}
