package io.boxoffice.account.oidc.provider;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import io.boxoffice.platform.http.client.SecureAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Holds what a provider says about itself (OpenID Connect Discovery 1.0, section 3), as far as this
 * service uses it.
 *
 * @param keys verify the provider's ID tokens; the source caches them, and reads them again at an
 *     unknown key id
 * @param sendsIssuer whether an authorization response contains {@code iss} (RFC 9207, section 3)
 */
record ProviderMetadata(
    URI authorizationEndpoint,
    URI tokenEndpoint,
    JWKSource<SecurityContext> keys,
    boolean sendsIssuer) {

  /** How long keys are used without reading them again. */
  private static final Duration KEYS_MAX_AGE = Duration.ofMinutes(30);

  /** In this time, unknown key ids cause two reads at most. */
  private static final Duration BETWEEN_KEY_READS = Duration.ofSeconds(10);

  /**
   * Reads the metadata of an issuer.
   *
   * @throws ProviderException when they are of another issuer, or a member is missing or not secure
   */
  static ProviderMetadata parse(Map<String, Object> members, URI issuer, ProviderClient client)
      throws ProviderException {
    if (!issuer.toString().equals(members.get("issuer"))) {
      throw new ProviderException(
          "names itself '%.200s' in its metadata; OIDC_ISSUER must be the same text"
              .formatted(members.get("issuer")));
    }
    return new ProviderMetadata(
        address(members, "authorization_endpoint", issuer),
        address(members, "token_endpoint", issuer),
        keys(address(members, "jwks_uri", issuer), client),
        Boolean.TRUE.equals(members.get("authorization_response_iss_parameter_supported")));
  }

  private static URI address(Map<String, Object> members, String name, URI issuer)
      throws ProviderException {
    return SecureAddress.parse(String.valueOf(members.get(name)))
        // An issuer in the network must not send this service to its own machine.
        .filter(uri -> uri.getScheme().equals("https") || issuer.getScheme().equals("http"))
        .orElseThrow(
            () ->
                new ProviderException(
                    "has no HTTPS address as '%s' in its metadata".formatted(name)));
  }

  private static JWKSource<SecurityContext> keys(URI address, ProviderClient client)
      throws ProviderException {
    try {
      return JWKSourceBuilder.create(
              address.toURL(), url -> new Resource(client.get(address).body(), "application/json"))
          .cache(KEYS_MAX_AGE.toMillis(), KEYS_MAX_AGE.toMillis())
          .refreshAheadCache(false)
          .rateLimited(BETWEEN_KEY_READS.toMillis())
          .build();
    } catch (MalformedURLException unsupported) {
      throw new ProviderException("has no usable jwks_uri", unsupported);
    }
  }
}
