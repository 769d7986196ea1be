package io.boxoffice.account.oidc;

import static io.boxoffice.testing.TestProvider.CLIENT_ID;
import static io.boxoffice.testing.TestProvider.CLIENT_SECRET;
import static io.boxoffice.testing.TestProvider.KEYS;
import static io.boxoffice.testing.TestProvider.TOKEN;
import static io.boxoffice.testing.TestProvider.address;
import static io.boxoffice.testing.TestProvider.begin;
import static io.boxoffice.testing.TestProvider.complete;
import static io.boxoffice.testing.TestProvider.completion;
import static io.boxoffice.testing.TestProvider.newSubject;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestProvider;
import io.boxoffice.testing.TestProvider.Begun;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests which ID tokens the service accepts (OpenID Connect Core 1.0, section 3.1.3.7). */
class IdTokenApplicationTest {
  private static final TestProvider PROVIDER = TestProvider.start();

  @RegisterExtension
  private static final TestApplication APPLICATION =
      PROVIDER.usedBy(TestApplication.shipped().signing());

  private static RSAKey rsa;
  private static ECKey ec;

  private ApiClient api;

  @BeforeAll
  static void createKeys() throws JOSEException {
    rsa = rsa("rsa");
    ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    publish(rsa, ec);
  }

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
  }

  @AfterEach
  void restore() {
    PROVIDER.restore(TOKEN);
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static RSAKey rsa(String id) throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  private static void publish(JWK... keys) {
    PROVIDER.replace(KEYS, 200, new JWKSet(Arrays.asList(keys)).toString(true));
  }

  /** Returns a change of one claim. */
  private static UnaryOperator<JWTClaimsSet.Builder> claim(String name, Object value) {
    return claims -> claims.claim(name, value);
  }

  private static JWTClaimsSet claims(Begun begun, UnaryOperator<JWTClaimsSet.Builder> change) {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(PROVIDER.issuer())
            .audience(CLIENT_ID)
            .subject(newSubject())
            .claim("nonce", begun.parameter("nonce"))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(60)));
    address(newSubject() + "@example.com", true).forEach(claims::claim);
    return change.apply(claims).build();
  }

  private static String signed(JWSHeader header, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }

  private static JWSHeader header(JWSAlgorithm algorithm, String keyId) {
    return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(keyId).build();
  }

  /** Ends a sign-in for which the provider issues this token. */
  private Answer end(Begun begun, String idToken) {
    PROVIDER.replace(
        TOKEN, 200, "{\"token_type\": \"Bearer\", \"id_token\": \"%s\"}".formatted(idToken));
    return complete(
        api, begun.id(), completion("code", begun.parameter("state"), begun.codeVerifier()));
  }

  private Answer end(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    Begun begun = begin(api);
    return end(
        begun,
        signed(header(JWSAlgorithm.RS256, "rsa"), new RSASSASigner(rsa), claims(begun, change)));
  }

  @Test
  void eachAlgorithmOfTheListIsAccepted() throws JOSEException {
    assertThat(end(UnaryOperator.identity()).status()).isEqualTo(201);
    Begun pss = begin(api);
    assertThat(
            end(
                    pss,
                    signed(
                        header(JWSAlgorithm.PS256, "rsa"),
                        new RSASSASigner(rsa),
                        claims(pss, UnaryOperator.identity())))
                .status())
        .isEqualTo(201);
    Begun curve = begin(api);
    assertThat(
            end(
                    curve,
                    signed(
                        header(JWSAlgorithm.ES256, "ec"),
                        new ECDSASigner(ec),
                        claims(curve, UnaryOperator.identity())))
                .status())
        .isEqualTo(201);
    assertThat(end(claim("azp", CLIENT_ID)).status()).isEqualTo(201);
    assertThat(end(claim("email_verified", 1)).status()).isEqualTo(201);
  }

  @Test
  void aTokenWithAWrongClaimIsRejected() throws JOSEException {
    Date soon = Date.from(Instant.now().plusSeconds(600));
    Date past = Date.from(Instant.now().minusSeconds(600));
    Map<String, UnaryOperator<JWTClaimsSet.Builder>> wrong = new LinkedHashMap<>();
    wrong.put("another nonce", claim("nonce", "another"));
    wrong.put("no nonce", claim("nonce", null));
    wrong.put("another audience", claim("aud", "another"));
    wrong.put("no audience", claim("aud", null));
    wrong.put("an audience more", claim("aud", List.of(CLIENT_ID, "another")));
    wrong.put("another issuer", claim("iss", "https://another.example"));
    wrong.put("an issuer with a slash", claim("iss", PROVIDER.issuer() + "/"));
    wrong.put("no issuer", claim("iss", null));
    wrong.put("another authorized party", claim("azp", "another"));
    wrong.put("expired", claims -> claims.expirationTime(past));
    wrong.put("no expiry", claims -> claims.expirationTime(null));
    wrong.put("not yet valid", claims -> claims.notBeforeTime(soon));
    wrong.put("issued before the sign-in", claims -> claims.issueTime(past));
    wrong.put("issued in the future", claims -> claims.issueTime(soon));
    wrong.put("no time of issue", claims -> claims.issueTime(null));
    wrong.put("no subject", claims -> claims.subject(null));
    wrong.put("a blank subject", claims -> claims.subject(" "));
    wrong.put("a subject too long", claims -> claims.subject("x".repeat(256)));
    wrong.put("a subject with NUL", claims -> claims.subject("a\u0000b"));
    wrong.put("an address that is no text", claim("email", List.of("a@example.com")));
    for (Map.Entry<String, UnaryOperator<JWTClaimsSet.Builder>> one : wrong.entrySet()) {
      Answer answer = end(one.getValue());
      assertThat(answer.status()).as(one.getKey() + answer.raw().body()).isEqualTo(401);
      assertThat(answer.text("code")).isEqualTo("identity-sign-in-failed");
    }
  }

  @Test
  void aTokenWithAWrongSignatureIsRejected() throws JOSEException {
    Map<String, Forgery> forgeries = new LinkedHashMap<>();
    forgeries.put("alg none", claims -> new PlainJWT(claims).serialize());
    forgeries.put(
        "HS256 with the client secret",
        claims ->
            signed(
                header(JWSAlgorithm.HS256, "rsa"), new MACSigner(CLIENT_SECRET.repeat(4)), claims));
    forgeries.put(
        "HS256 with the public key",
        claims ->
            signed(
                header(JWSAlgorithm.HS256, "rsa"),
                new MACSigner(rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)),
                claims));
    forgeries.put(
        "RS512",
        claims -> signed(header(JWSAlgorithm.RS512, "rsa"), new RSASSASigner(rsa), claims));
    forgeries.put(
        "another key with the known id",
        claims -> signed(header(JWSAlgorithm.RS256, "rsa"), new RSASSASigner(rsa("rsa")), claims));
    forgeries.put(
        "a key that the header brings",
        claims -> {
          RSAKey own = rsa("own");
          return signed(
              new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).build(),
              new RSASSASigner(own),
              claims);
        });
    forgeries.put(
        "an access token",
        claims ->
            signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(new JOSEObjectType("at+jwt"))
                    .keyID("rsa")
                    .build(),
                new RSASSASigner(rsa),
                claims));
    forgeries.put("no token", claims -> "a.b.c");
    for (Map.Entry<String, Forgery> forgery : forgeries.entrySet()) {
      Begun begun = begin(api);
      Answer answer = end(begun, forgery.getValue().of(claims(begun, UnaryOperator.identity())));
      assertThat(answer.status()).as(forgery.getKey() + answer.raw().body()).isEqualTo(401);
      assertThat(answer.text("code")).isEqualTo("identity-sign-in-failed");
    }
  }

  /** Makes a token of right claims. */
  private interface Forgery {
    String of(JWTClaimsSet claims) throws JOSEException;
  }

  @Test
  void aNewKeyOfTheProviderIsUsedAtOnceAndUnknownKeysCauseFewReads() throws JOSEException {
    assertThat(end(UnaryOperator.identity()).status()).isEqualTo(201);
    RSAKey next = rsa("next");
    publish(next, rsa, ec);
    int before = PROVIDER.requests(KEYS);
    Begun begun = begin(api);
    assertThat(
            end(
                    begun,
                    signed(
                        header(JWSAlgorithm.RS256, "next"),
                        new RSASSASigner(next),
                        claims(begun, UnaryOperator.identity())))
                .status())
        .isEqualTo(201);
    assertThat(PROVIDER.requests(KEYS)).isEqualTo(before + 1);

    RSAKey unknown = rsa("unknown");
    long started = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      Begun another = begin(api);
      String token =
          signed(
              header(JWSAlgorithm.RS256, "unknown-" + i),
              new RSASSASigner(unknown),
              claims(another, UnaryOperator.identity()));
      assertThat(end(another, token).status()).isEqualTo(401);
    }
    long windows = 1 + (System.nanoTime() - started) / 10_000_000_000L;
    assertThat(PROVIDER.requests(KEYS) - before).isLessThanOrEqualTo((int) (2 * (windows + 1)));
    assertThat(end(UnaryOperator.identity()).status()).as("known keys still work").isEqualTo(201);
  }
}
