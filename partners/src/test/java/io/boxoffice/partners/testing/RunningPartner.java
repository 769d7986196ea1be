package io.boxoffice.partners.testing;

import io.boxoffice.partners.PartnersApplication;
import io.boxoffice.partners.PartnersConfiguration;
import io.boxoffice.partners.Role;
import io.boxoffice.partners.payment.PaymentRole;
import io.dropwizard.core.Application;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs partners in the test's process, with the shipped settings and no delay. */
public final class RunningPartner implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final List<String> ROLES =
      List.of("payment", "email", "search", "analytics", "report");

  private final List<Role> roles;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private DropwizardTestSupport<PartnersConfiguration> support;

  /** Creates a payment partner with its ledger in the given folder. */
  public RunningPartner(Path directory) {
    this(directory, new PaymentRole());
    with("payment.directory", directory.toString());
  }

  /** Creates a partner with some roles, each with its ledger in a folder below the given one. */
  public RunningPartner(Path directory, Role... roles) {
    this.roles = List.of(roles);
    for (String role : ROLES) {
      with(role + ".directory", directory.resolve(role).toString());
      with(role + ".delay", "0s");
    }
    with("token", PartnerClient.TOKEN);
    with("server.applicationConnectors[0].port", "0");
    with("server.adminConnectors[0].port", "0");
    with("logging.level", "WARN");
  }

  /** Overrides a value of partners.yml. */
  public RunningPartner with(String setting, String value) {
    settings.put(setting, value);
    return this;
  }

  /** Starts the partner. */
  public RunningPartner start() throws Exception {
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
            return new PartnersApplication(roles);
          }
        };
    support.before();
    return this;
  }

  /** Returns a client of the application port. */
  public PartnerClient client() {
    return new PartnerClient("http://localhost:" + support.getLocalPort());
  }

  /** Returns a client of the admin port. */
  public PartnerClient adminClient() {
    return new PartnerClient("http://localhost:" + support.getAdminPort());
  }

  @Override
  public void close() {
    support.after();
  }
}
