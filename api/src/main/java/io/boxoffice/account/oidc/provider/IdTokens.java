package io.boxoffice.account.oidc.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Verifies ID tokens as OpenID Connect Core 1.0, section 3.1.3.7 says, and more strictly where it
 * leaves a choice: the token has no other audience, and is not older than the sign-in.
 */
final class IdTokens {
  /** How far the clocks of the provider and of this replica may differ. */
  static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  private static final int LONGEST_SUBJECT = 255;

  /** How claims write that something is true; JSON's own value is the first. */
  private static final Set<String> TRUE = Set.of("true", "1");

  private final String issuer;
  private final String clientId;
  private final String emailVerifiedClaim;
  private final Clock clock;

  IdTokens(String issuer, String clientId, String emailVerifiedClaim, Clock clock) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.emailVerifiedClaim = emailVerifiedClaim;
    this.clock = clock;
  }

  /**
   * Verifies a token.
   *
   * @param nonce what the authorization request contained
   * @param since when the sign-in began
   * @throws BadJOSEException when the token is not valid
   * @throws ProviderException when the provider's keys cannot be read
   */
  VerifiedIdentity verify(
      String token, JWKSource<SecurityContext> keys, String nonce, Instant since)
      throws BadJOSEException, ProviderException {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            clientId,
            new JWTClaimsSet.Builder().issuer(issuer).claim("nonce", nonce).build(),
            Set.of("sub", "exp", "iat"));
    claims.setMaxClockSkew((int) CLOCK_SKEW.toSeconds());
    processor.setJWTClaimsSetVerifier(claims);
    try {
      return identity(processor.process(token, null), since);
    } catch (ParseException notAToken) {
      throw new BadJOSEException(notAToken.getMessage(), notAToken);
    } catch (RateLimitReachedException unknownKey) {
      throw new BadJOSEException("The key is unknown, and keys were just read", unknownKey);
    } catch (JOSEException unavailable) {
      throw new ProviderException(
          "has no keys that can be read: " + unavailable.getMessage(), unavailable);
    }
  }

  private VerifiedIdentity identity(JWTClaimsSet claims, Instant since)
      throws BadJWTException, ParseException {
    require(claims.getAudience().equals(List.of(clientId)), "has another audience too");
    String authorizedParty = claims.getStringClaim("azp");
    require(
        authorizedParty == null || authorizedParty.equals(clientId),
        "was issued to another client (azp)");
    Instant issuedAt = claims.getIssueTime().toInstant();
    require(
        !issuedAt.isBefore(since.minus(CLOCK_SKEW)), "was issued before the sign-in began (iat)");
    require(!issuedAt.isAfter(clock.instant().plus(CLOCK_SKEW)), "was issued in the future (iat)");
    String subject = claims.getSubject();
    require(
        !subject.isBlank() && subject.length() <= LONGEST_SUBJECT && subject.indexOf(0) < 0,
        "has no usable subject (sub)");
    boolean isVerified = TRUE.contains(String.valueOf(claims.getClaim(emailVerifiedClaim)));
    return new VerifiedIdentity(
        issuer, subject, isVerified ? claims.getStringClaim("email") : null);
  }

  private static void require(boolean valid, String otherwise) throws BadJWTException {
    if (!valid) {
      throw new BadJWTException("The ID token " + otherwise);
    }
  }
}
