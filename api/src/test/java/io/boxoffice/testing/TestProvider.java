package io.boxoffice.testing;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.boxoffice.testing.ApiClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import okhttp3.Headers;

/** Runs an identity provider that signs in whom a test names, and fails as a test says. */
public final class TestProvider implements AutoCloseable {
  /** Where the provider sends people back to. */
  public static final String REDIRECT_URI = "http://localhost:9999/signed-in";

  /** The id of the service at the provider. */
  public static final String CLIENT_ID = "boxoffice";

  /** The secret of the service at the provider; its characters need encoding. */
  public static final String CLIENT_SECRET = "se:cret+/ü";

  /** The paths of the provider below its issuer. */
  public static final String METADATA = "/.well-known/openid-configuration";

  /** See {@link #METADATA}. */
  public static final String TOKEN = "/token";

  /** See {@link #METADATA}. */
  public static final String KEYS = "/jwks";

  private static final String ISSUER_ID = "shop";
  private static final long TOKEN_SECONDS = 60;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final HttpClient browser = HttpClient.newHttpClient();
  private final Map<String, Supplier<OAuth2HttpResponse>> replaced = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final Map<String, OAuth2HttpRequest> last = new ConcurrentHashMap<>();
  private final MockOAuth2Server server =
      new MockOAuth2Server(new OAuth2Config(), new ReplacedRoute());

  private TestProvider() {}

  /** Starts a provider. */
  public static TestProvider start() {
    TestProvider provider = new TestProvider();
    provider.server.start();
    return provider;
  }

  /** A sign-in that a client began. */
  public record Begun(String id, String authorizationUrl, String codeVerifier) {
    /** Returns a parameter of the authorization request. */
    public String parameter(String name) {
      return query(URI.create(authorizationUrl)).get(name);
    }
  }

  /** The route comes before the provider's own ones. */
  private final class ReplacedRoute implements Route {
    @Override
    public boolean match(OAuth2HttpRequest request) {
      String path = below(request);
      requests.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
      last.put(path, request);
      return replaced.containsKey(path);
    }

    @Override
    public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
      return replaced.get(below(request)).get();
    }

    private String below(OAuth2HttpRequest request) {
      return request.getUrl().encodedPath().substring(1 + ISSUER_ID.length());
    }
  }

  /** Returns the issuer. */
  public String issuer() {
    return server.issuerUrl(ISSUER_ID).toString();
  }

  /** Returns the application with this provider in its settings. */
  public TestApplication usedBy(TestApplication application) {
    return application
        .with("accounts.identityProvider.issuer", issuer())
        .with("accounts.identityProvider.clientId", CLIENT_ID)
        .with("accounts.identityProvider.clientSecret", CLIENT_SECRET)
        .with("accounts.identityProvider.redirectUris", REDIRECT_URI);
  }

  /** Answers each request for a path with this status and body. */
  public void replace(String path, int status, String body) {
    replace(path, () -> new OAuth2HttpResponse(Headers.of(), status, body, null));
  }

  /** Answers each request for a path as the supplier says, which may also wait. */
  public void replace(String path, Supplier<OAuth2HttpResponse> answer) {
    replaced.put(path, answer);
  }

  /** Answers each request for a path as the provider does. */
  public void restore(String path) {
    replaced.remove(path);
  }

  /** Returns how many requests for a path there were. */
  public int requests(String path) {
    return requests.getOrDefault(path, new AtomicInteger()).get();
  }

  /** Returns the last request for a path. */
  public OAuth2HttpRequest last(String path) {
    return last.get(path);
  }

  /** Returns the metadata that the provider serves. */
  public String metadata() {
    return get(issuer() + METADATA).body();
  }

  /** Returns the name of a person that no other test uses. */
  public static String newSubject() {
    return "subject-" + COUNT.incrementAndGet();
  }

  /** Returns the claims of an address. */
  public static Map<String, Object> address(String email, Object verified) {
    return Map.of("email", email, "email_verified", verified);
  }

  /** Makes the next token that of the given person, with further claims. */
  public void signsIn(String subject, Map<String, Object> claims) {
    server.enqueueCallback(token(subject, claims));
  }

  /** Issues the same token of the given person for every code, also for one that was used. */
  public void acceptsEveryCode(Begun begun, String subject, Map<String, Object> claims) {
    TokenRequest request =
        new TokenRequest.Builder(
                URI.create(issuer() + TOKEN),
                new ClientID(CLIENT_ID),
                new AuthorizationCodeGrant(new AuthorizationCode(), URI.create(REDIRECT_URI)))
            .build();
    String token =
        server
            .getConfig()
            .getTokenProvider()
            .idToken(
                request,
                server.issuerUrl(ISSUER_ID),
                token(subject, claims),
                begun.parameter("nonce"))
            .serialize();
    replace(TOKEN, 200, "{\"id_token\": \"%s\"}".formatted(token));
  }

  private static OAuth2TokenCallback token(String subject, Map<String, Object> claims) {
    return new DefaultOAuth2TokenCallback(
        ISSUER_ID,
        subject,
        JOSEObjectType.JWT.getType(),
        List.of(CLIENT_ID),
        claims,
        TOKEN_SECONDS);
  }

  /** Begins a sign-in. */
  public static Begun begin(ApiClient api) {
    Answer begun = api.post("/v1/identity-sign-ins", redirect(REDIRECT_URI));
    if (begun.status() != 201) {
      throw new AssertionError("not begun: " + begun.raw().body());
    }
    return new Begun(begun.text("id"), begun.text("authorizationUrl"), begun.text("codeVerifier"));
  }

  /** Returns the body that begins a sign-in. */
  public static String redirect(String uri) {
    return "{\"redirectUri\": \"%s\"}".formatted(uri);
  }

  /** Follows the address as a browser does, and returns what the provider sends back. */
  public Map<String, String> authorize(Begun begun) {
    HttpResponse<String> response = get(begun.authorizationUrl());
    return query(URI.create(response.headers().firstValue("Location").orElseThrow()));
  }

  /** Returns the body that ends a sign-in with what the provider sent back. */
  public static String completion(Begun begun, Map<String, String> response) {
    return completion(response.get("code"), response.get("state"), begun.codeVerifier());
  }

  /** Returns a body that ends a sign-in. */
  public static String completion(String code, String state, String codeVerifier) {
    return "{\"code\": \"%s\", \"state\": \"%s\", \"codeVerifier\": \"%s\"}"
        .formatted(code, state, codeVerifier);
  }

  /** Ends a sign-in with a session. */
  public static Answer complete(ApiClient api, String id, String body) {
    return api.post("/v1/identity-sign-ins/" + id + "/completion", body);
  }

  /** Does all steps of a sign-in as the person of the next token. */
  public Answer signIn(ApiClient api) {
    Begun begun = begin(api);
    return complete(api, begun.id(), completion(begun, authorize(begun)));
  }

  /** Signs in a new person with a verified address. */
  public Answer signIn(ApiClient api, String subject, String email) {
    signsIn(subject, address(email, true));
    return signIn(api);
  }

  private HttpResponse<String> get(String address) {
    try {
      return browser.send(
          HttpRequest.newBuilder(URI.create(address)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (InterruptedException cause) {
      throw new IllegalStateException(cause);
    }
  }

  private static Map<String, String> query(URI address) {
    return Arrays.stream(address.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
