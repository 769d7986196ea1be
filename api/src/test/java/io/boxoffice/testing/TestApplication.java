package io.boxoffice.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.app.BoxOfficeConfiguration;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs the whole service in the test's process, with the shipped config.yml and a database of its
 * own.
 */
public final class TestApplication implements BeforeAllCallback, AfterAllCallback {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final TestDatabase database;
  private final BoxOfficeApplication service;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private DropwizardTestSupport<BoxOfficeConfiguration> support;

  private TestApplication(TestDatabase database, BoxOfficeApplication service) {
    this.database = database;
    this.service = service;
    with("database.url", database.url());
    with("database.user", database.user());
    with("database.password", database.password());
    with("server.applicationConnectors[0].port", "0");
    with("server.adminConnectors[0].port", "0");
    with("operatorToken", OPERATOR_TOKEN);
    // Tests must see their own changes at once. The tests of the cache set another value.
    with("concertCacheMaxAge", "0s");
    // All tests of one application share an address. The tests of the limits set other values.
    with("rateLimits", WIDE_LIMITS);
    // After each hash a thread pauses; with several, the next request of a test does not wait.
    with("accounts.hashing.threads", "4");
    with("payment.callbackSecret", SignedCallback.SECRET);
    with("logging.level", "WARN");
  }

  /** Policies in place of the shipped ones, which no test reaches. */
  private static final String WIDE_LIMITS =
      """
      [{"name": "sign-in", "quota": 1000000, "window": "1s", "method": "POST", "route": "/v1/sessions"},
       {"name": "registration", "quota": 1000000, "window": "1s", "method": "POST", "route": "/v1/accounts"},
       {"name": "identity-sign-in", "quota": 1000000, "window": "1s", "method": "POST",
        "route": "/v1/identity-sign-ins"},
       {"name": "identity-completion", "quota": 1000000, "window": "1s", "method": "POST",
        "route": "/v1/identity-sign-ins/{signInId}/completion"},
       {"name": "password-reset", "quota": 1000000, "window": "1s", "method": "POST",
        "route": "/v1/password-resets"},
       {"name": "email-change", "quota": 1000000, "window": "1s", "method": "POST",
        "route": "/v1/accounts/me/email-changes"},
       {"name": "page-views", "quota": 1000000, "window": "1s", "method": "POST",
        "route": "/v1/page-views"},
       {"name": "orders", "quota": 1000000, "window": "1s", "method": "POST",
        "route": "/v1/concerts/{concertId}/orders"},
       {"name": "orders-of-account", "quota": 1000000, "window": "1s", "method": "POST",
        "route": "/v1/concerts/{concertId}/orders", "partition": "account"}]
      """;

  /** The token of operator requests. */
  public static final String OPERATOR_TOKEN = "test-operator-token";

  /** Returns the operator's Authorization header, as name and value. */
  public static String[] operator() {
    return new String[] {"Authorization", "Bearer " + OPERATOR_TOKEN};
  }

  /** Returns the service as shipped. */
  public static TestApplication shipped() {
    return on(TestDatabase.migrated());
  }

  /** Returns the service as shipped on a given database, for tests with several replicas. */
  public static TestApplication on(TestDatabase database) {
    return on(database, new BoxOfficeApplication());
  }

  /** Returns a changed service, for a negative control. */
  public static TestApplication on(TestDatabase database, BoxOfficeApplication service) {
    return new TestApplication(database, service);
  }

  /**
   * Gives the database a key that signs access tokens, for tests that sign in. To create one takes
   * seconds, so all tests share it.
   */
  public TestApplication signing() {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO signing_keys (number, jwk, signs_from)"
                        + " VALUES (1, ?, now() - interval '1 hour') ON CONFLICT DO NOTHING",
                    SharedKey.JWK));
    return this;
  }

  /** The shared key. The first test that needs it creates it. */
  private static final class SharedKey {
    static final String JWK = create();

    private static String create() {
      try {
        return new RSAKeyGenerator(3072)
            .keyID("shared-by-tests")
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.RS256)
            .generate()
            .toJSONString();
      } catch (JOSEException cause) {
        throw new IllegalStateException(cause);
      }
    }
  }

  /** Overrides a value of config.yml. */
  public TestApplication with(String setting, String value) {
    settings.put(setting, value);
    return this;
  }

  /** Returns a client of the application port. */
  public ApiClient client() {
    return new ApiClient("http://localhost:" + port());
  }

  /** Returns a client of the admin port. */
  public ApiClient adminClient() {
    return new ApiClient("http://localhost:" + support.getAdminPort());
  }

  /** Returns the application port. */
  public int port() {
    return support.getLocalPort();
  }

  /** Returns the admin port. */
  public int adminPort() {
    return support.getAdminPort();
  }

  /** Returns Dropwizard's environment of the service. */
  public Environment environment() {
    return support.getEnvironment();
  }

  /** Returns the service's database. */
  public TestDatabase database() {
    return database;
  }

  /** Starts the service. */
  public TestApplication start() throws Exception {
    // Settings are properties of the process, so each application has names of its own for them.
    String prefix = "application-%d.".formatted(COUNT.incrementAndGet());
    ConfigOverride[] overrides =
        settings.entrySet().stream()
            .map(setting -> ConfigOverride.config(prefix, setting.getKey(), setting.getValue()))
            .toArray(ConfigOverride[]::new);
    support =
        new DropwizardTestSupport<>(
            BoxOfficeApplication.class, "../config.yml", prefix, overrides) {
          @Override
          public Application<BoxOfficeConfiguration> newApplication() {
            return service;
          }
        };
    support.before();
    return this;
  }

  /** Waits until {@code /health} reports ready, some time after the service accepts requests. */
  public void awaitReady() {
    Eventually.within(Duration.ofSeconds(60), () -> client().get("/health").status() == 200);
  }

  /** Stops the service. */
  public void stop() {
    support.after();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop();
  }
}
