package io.boxoffice.partners.testing;

import io.boxoffice.partners.PartnersApplication;
import io.boxoffice.partners.PartnersConfiguration;
import io.boxoffice.partners.payment.PaymentRole;
import io.dropwizard.core.Application;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the payment partner in the test's process, with the shipped settings and no delay. */
public final class PaymentPartner implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Map<String, String> settings = new LinkedHashMap<>();
  private DropwizardTestSupport<PartnersConfiguration> support;

  /** Creates a partner with its ledger in the given folder. */
  public PaymentPartner(Path directory) {
    with("payment.directory", directory.toString());
    with("payment.delay", "0s");
    with("token", PaymentClient.TOKEN);
    with("server.applicationConnectors[0].port", "0");
    with("server.adminConnectors[0].port", "0");
    with("logging.level", "WARN");
  }

  /** Overrides a value of partners.yml. */
  public PaymentPartner with(String setting, String value) {
    settings.put(setting, value);
    return this;
  }

  /** Starts the partner. */
  public PaymentPartner start() throws Exception {
    // Settings are properties of the process, so each partner has names of its own for them.
    String prefix = "partner-%d.".formatted(COUNT.incrementAndGet());
    support =
        new DropwizardTestSupport<>(
            PartnersApplication.class,
            PartnersApplication.SETTINGS,
            prefix,
            settings.entrySet().stream()
                .map(setting -> ConfigOverride.config(prefix, setting.getKey(), setting.getValue()))
                .toArray(ConfigOverride[]::new)) {
          @Override
          public Application<PartnersConfiguration> newApplication() {
            return new PartnersApplication(new PaymentRole());
          }
        };
    support.before();
    return this;
  }

  /** Returns a client of the application port. */
  public PaymentClient client() {
    return new PaymentClient("http://localhost:" + support.getLocalPort());
  }

  /** Returns a client of the admin port. */
  public PaymentClient adminClient() {
    return new PaymentClient("http://localhost:" + support.getAdminPort());
  }

  @Override
  public void close() {
    support.after();
  }
}
