package io.boxoffice.account.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Checks that exactly the service's own access tokens are accepted, with one forgery for each rule.
 */
class AccessTokenApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private final ApiClient api = APPLICATION.client();

  private int status(String token) {
    return api.get("/v1/sessions", "Authorization", "Bearer " + token).status();
  }

  /** The service's own key pair: a forgery differs from a real token in one thing only. */
  private static RSAKey serviceKey() throws Exception {
    String jwk =
        APPLICATION
            .database()
            .jdbi()
            .withHandle(
                handle ->
                    handle.createQuery("SELECT jwk FROM signing_keys").mapTo(String.class).one());
    return RSAKey.parse(jwk);
  }

  private static JWSHeader.Builder header(RSAKey key) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256)
        .type(new JOSEObjectType("at+jwt"))
        .keyID(key.getKeyID());
  }

  private static String sign(RSAKey key, JWSHeader header, JWTClaimsSet claims) throws Exception {
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  @Test
  void everyForgeryIsRejected() throws Exception {
    String real = Person.signedIn(api).accessToken();
    assertThat(status(real)).isEqualTo(200);
    RSAKey key = serviceKey();
    RSAKey own = new RSAKeyGenerator(2048).keyID(key.getKeyID()).generate();
    JWTClaimsSet claims = SignedJWT.parse(real).getJWTClaimsSet();
    Instant now = Instant.now();
    assertThat(status(sign(key, header(key).build(), claims)))
        .as("the control: the same claims, signed again, are accepted")
        .isEqualTo(200);

    Map<String, String> forgeries = new LinkedHashMap<>();
    forgeries.put("alg none", new PlainJWT(claims).serialize());
    String[] parts = real.split("\\.", -1);
    forgeries.put("no signature", parts[0] + "." + parts[1] + ".");
    forgeries.put(
        "alg none in the header of a signed token",
        Base64URL.encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}")
            + "."
            + parts[1]
            + "."
            + parts[2]);
    forgeries.put("HS256 with the public key", signedWithThePublicKey(key, claims));
    forgeries.put(
        "RS512",
        sign(
            key,
            new JWSHeader.Builder(JWSAlgorithm.RS512)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build(),
            claims));
    forgeries.put("another key under our id", sign(own, header(key).build(), claims));
    forgeries.put("an unknown key id", sign(key, header(key).keyID("other").build(), claims));
    forgeries.put("no key id", sign(key, header(key).keyID(null).build(), claims));
    forgeries.put(
        "jwk of the forger", sign(own, header(key).jwk(own.toPublicJWK()).build(), claims));
    forgeries.put("our jwk", sign(key, header(key).jwk(key.toPublicJWK()).build(), claims));
    forgeries.put(
        "jku", sign(key, header(key).jwkURL(URI.create("https://evil.example/k")).build(), claims));
    forgeries.put(
        "x5u",
        sign(key, header(key).x509CertURL(URI.create("https://evil.example/c")).build(), claims));
    forgeries.put(
        "x5c", sign(key, header(key).x509CertChain(List.of(new Base64("AAAA"))).build(), claims));
    forgeries.put(
        "crit", sign(key, header(key).criticalParams(java.util.Set.of("x")).build(), claims));
    forgeries.put("typ JWT", sign(key, header(key).type(JOSEObjectType.JWT).build(), claims));
    forgeries.put("no typ", sign(key, header(key).type(null).build(), claims));
    Map<String, JWTClaimsSet> wrong = new LinkedHashMap<>();
    wrong.put("another aud", with(claims).audience("another").build());
    wrong.put("no aud", with(claims).audience((String) null).build());
    wrong.put("another iss", with(claims).issuer("another").build());
    wrong.put("no iss", with(claims).issuer(null).build());
    wrong.put("expired", with(claims).expirationTime(Date.from(now.minusSeconds(6))).build());
    wrong.put("no exp", with(claims).expirationTime(null).build());
    wrong.put("not yet valid", with(claims).notBeforeTime(Date.from(now.plusSeconds(60))).build());
    wrong.put("no sub", with(claims).subject(null).build());
    wrong.put("no sid", with(claims).claim("sid", null).build());
    wrong.put("a sid of another type", with(claims).claim("sid", 5).build());
    wrong.put("a sub that is no id", with(claims).subject("operator").build());
    wrong.put("no roles", with(claims).claim("roles", null).build());
    wrong.put("no jti", with(claims).jwtID(null).build());
    for (Map.Entry<String, JWTClaimsSet> claim : wrong.entrySet()) {
      forgeries.put(claim.getKey(), sign(key, header(key).build(), claim.getValue()));
    }
    char last = real.charAt(real.length() - 2);
    forgeries.put(
        "a changed signature",
        real.substring(0, real.length() - 2)
            + (last == 'A' ? 'B' : 'A')
            + real.substring(real.length() - 1));
    forgeries.put("two dots", "..");
    forgeries.put("no base64", "a.b!.c");

    forgeries.forEach((name, token) -> assertThat(status(token)).as(name).isEqualTo(401));
    assertThat(status(real)).isEqualTo(200);
  }

  private static JWTClaimsSet.Builder with(JWTClaimsSet claims) {
    return new JWTClaimsSet.Builder(claims);
  }

  private static String signedWithThePublicKey(RSAKey key, JWTClaimsSet claims) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build(),
            claims);
    token.sign(new MACSigner(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
    return token.serialize();
  }

  @Test
  void aTokenInTheQueryIsNoToken() {
    String real = Person.signedIn(api).accessToken();
    assertThat(api.get("/v1/sessions?access_token=" + real).status()).isEqualTo(401);
    assertThat(api.get("/v1/sessions", "Authorization", "Basic " + real).status()).isEqualTo(401);
  }

  @Test
  void anExpiredTokenIsRejectedAlthoughItWasVerifiedBefore() throws Exception {
    TestApplication hasty =
        TestApplication.shipped()
            .signing()
            .with("accounts.sessions.accessTokenLifetime", "1s")
            .start();
    try {
      Person person = Person.signedIn(hasty.client());
      Eventually.within(
          Duration.ofSeconds(30), () -> person.signIn().get("/v1/sessions").status() == 200);
      Eventually.within(Duration.ofSeconds(30), () -> person.get("/v1/sessions").status() == 401);
    } finally {
      hasty.stop();
    }
  }
}
