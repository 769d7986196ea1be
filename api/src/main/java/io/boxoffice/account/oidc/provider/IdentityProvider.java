package io.boxoffice.account.oidc.provider;

import com.nimbusds.jose.proc.BadJOSEException;
import io.boxoffice.account.store.IdentitySignInRow;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Represents the identity provider: where it signs a person in, and what it says about the person
 * who comes back. It is slow, wrong or down at times; each call has a time limit and ends in a
 * problem then, so call it from a thread that may wait.
 */
public final class IdentityProvider {
  private static final Logger LOG = LoggerFactory.getLogger(IdentityProvider.class);

  /** Only what the service uses: the subject, and the address for a new account. */
  private static final String SCOPE = "openid email";

  private static final Pattern ERROR = Pattern.compile("[a-z_]{1,40}");

  private final URI issuer;
  private final String clientId;
  private final String clientSecret;
  private final ProviderClient client;
  private final Discovery discovery;
  private final IdTokens idTokens;

  /** Uses the provider that the settings name. */
  public IdentityProvider(ProviderSettings settings, Clock clock) {
    this.issuer = URI.create(settings.issuer());
    this.clientId = settings.clientId();
    this.clientSecret = settings.clientSecret();
    this.client = new ProviderClient(settings.timeLimit().toJavaDuration());
    this.discovery = new Discovery(issuer, client, clock);
    this.idTokens = new IdTokens(issuer.toString(), clientId, settings.emailVerifiedClaim(), clock);
  }

  /** Reads the metadata before they are too old, so that few requests wait for them. */
  public void follow() {
    try {
      discovery.metadata();
    } catch (ProviderException logged) {
      return;
    }
  }

  /**
   * Returns the address to which the client sends the person's browser (OpenID Connect Core 1.0,
   * section 3.1.2.1; RFC 7636, section 4.3).
   *
   * @throws ProblemException 503 when the provider does not answer as it must
   */
  public URI authorizationUrl(IdentitySignInRow signIn) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", clientId);
    query.put("redirect_uri", signIn.redirectUri());
    query.put("scope", SCOPE);
    query.put("state", signIn.state());
    query.put("nonce", signIn.nonce());
    query.put("code_challenge", signIn.codeChallenge());
    query.put("code_challenge_method", "S256");
    URI endpoint = metadata().authorizationEndpoint();
    String separator = endpoint.getRawQuery() == null ? "?" : "&";
    return URI.create(endpoint + separator + ProviderClient.encode(query));
  }

  /**
   * Checks the {@code iss} of an authorization response, so that a code of another provider is not
   * sent to this one (RFC 9207, section 2.4).
   *
   * @param received null if the response has none
   * @throws ProblemException 401 when it names another provider, or is missing although the
   *     provider sends it; 503 when the provider does not answer as it must
   */
  public void requireIssuer(String received) {
    boolean isRight =
        received == null ? !metadata().sendsIssuer() : received.equals(issuer.toString());
    if (!isRight) {
      throw failed();
    }
  }

  /**
   * Exchanges a code for an ID token, and verifies it (OpenID Connect Core 1.0, section 3.1.3).
   *
   * @param codeVerifier the text whose SHA-256 is the sign-in's code challenge
   * @throws ProblemException 401 when the code or the ID token is not valid; 503 when the provider
   *     does not answer as it must
   */
  public VerifiedIdentity redeem(String code, String codeVerifier, IdentitySignInRow signIn) {
    ProviderMetadata metadata = metadata();
    try {
      return idTokens.verify(
          idToken(metadata, code, codeVerifier, signIn.redirectUri()),
          metadata.keys(),
          signIn.nonce(),
          signIn.createdAt());
    } catch (BadJOSEException invalid) {
      LOG.warn("An ID token of {} was rejected: {}", issuer, invalid.getMessage());
      throw failed();
    } catch (ProviderException failure) {
      LOG.warn(
          "A sign-in by OpenID Connect failed: the identity provider {} {}",
          issuer,
          failure.getMessage());
      throw unavailable();
    }
  }

  private String idToken(
      ProviderMetadata metadata, String code, String codeVerifier, String redirectUri)
      throws ProviderException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirectUri);
    form.put("code_verifier", codeVerifier);
    if (clientSecret.isEmpty()) {
      form.put("client_id", clientId);
    }
    ProviderClient.Answer answer = client.post(metadata.tokenEndpoint(), form, authentication());
    Map<String, Object> members = answer.members();
    if (answer.status() == 200 && members.get("id_token") instanceof String idToken) {
      return idToken;
    }
    String error = String.valueOf(members.get("error"));
    if (answer.status() == 400 && error.equals("invalid_grant")) {
      throw failed();
    }
    throw new ProviderException(
        "answered %d %s to the code; compare OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and"
                .formatted(
                    answer.status(), ERROR.matcher(error).matches() ? error : "without error")
            + " OIDC_REDIRECT_URIS with its settings");
  }

  /** A client with a secret sends it as RFC 6749, section 2.3.1 says; a public one has none. */
  private Map<String, String> authentication() {
    if (clientSecret.isEmpty()) {
      return Map.of();
    }
    String credentials =
        ProviderClient.encode(clientId) + ":" + ProviderClient.encode(clientSecret);
    return Map.of(
        "Authorization",
        "Basic "
            + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  private ProviderMetadata metadata() {
    try {
      return discovery.metadata();
    } catch (ProviderException logged) {
      throw unavailable();
    }
  }

  /** The one answer to every sign-in that is not valid, whatever part of it is wrong. */
  public static ProblemException failed() {
    return ProblemException.of(
        ProblemCode.IDENTITY_SIGN_IN_FAILED,
        "The sign-in is unknown, expired or used, or a part of it is wrong.");
  }

  private static ProblemException unavailable() {
    return ProblemException.retryable(
        ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE,
        "The identity provider does not answer as it must.",
        (int) Discovery.PAUSE.toSeconds());
  }
}
