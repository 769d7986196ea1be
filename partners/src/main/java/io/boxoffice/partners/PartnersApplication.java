package io.boxoffice.partners;

import io.boxoffice.partners.payment.PaymentRole;
import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.auth.OperatorAccess;
import io.boxoffice.platform.error.ProblemResource;
import io.boxoffice.platform.http.server.ListeningPorts;
import io.boxoffice.platform.http.server.StrictHttp;
import io.boxoffice.platform.metrics.HttpMetrics;
import io.boxoffice.platform.metrics.PrometheusEndpoint;
import io.boxoffice.platform.openapi.BuildInfo;
import io.boxoffice.platform.start.CommandErrors;
import io.boxoffice.platform.start.CommonPool;
import io.boxoffice.platform.start.Preparation;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.Optional;
import net.sourceforge.argparse4j.inf.Namespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one partner of the shop, with HTTP, logs and metrics as the shop has them. */
public final class PartnersApplication extends Application<PartnersConfiguration> {
  /** The settings in the jar. */
  public static final String SETTINGS = "partners.yml";

  private static final Logger LOG = LoggerFactory.getLogger(PartnersApplication.class);
  private static final List<Role> ROLES = List.of(new PaymentRole());
  private static final int WRONG_USE = 2;

  private final Role role;

  /** Creates the partner of one role. */
  public PartnersApplication(Role role) {
    this.role = role;
  }

  /** Runs the role that the only argument names. */
  public static void main(String[] arguments) throws Exception {
    CommonPool.widen();
    Optional<Role> role =
        ROLES.stream().filter(known -> List.of(arguments).equals(List.of(known.name()))).findAny();
    if (role.isEmpty()) {
      System.err.printf(
          "Box Office: expected one role of a partner: %s. Settings are environment variables.%n",
          String.join(", ", ROLES.stream().map(Role::name).toList()));
      System.exit(WRONG_USE);
    }
    new PartnersApplication(role.orElseThrow()).run("server", SETTINGS);
  }

  @Override
  public String getName() {
    return "boxoffice-partners";
  }

  @Override
  public void initialize(Bootstrap<PartnersConfiguration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(new ResourceConfigurationSourceProvider());
    Preparation.of(bootstrap);
  }

  @Override
  protected void addDefaultCommands(Bootstrap<PartnersConfiguration> bootstrap) {
    bootstrap.addCommand(
        new ServerCommand<>(this) {
          @Override
          public void onError(Cli cli, Namespace namespace, Throwable failure) {
            CommandErrors.print(cli.getStdErr(), failure);
          }
        });
  }

  @Override
  public void run(PartnersConfiguration settings, Environment environment) {
    CollectorRegistry prometheus = PrometheusEndpoint.register(environment, BuildInfo.read());
    StrictHttp.install(environment, List.of());
    OperatorAccess access = new OperatorAccess(settings.token());
    StrictHttp.installServer(
        environment,
        List.of(),
        new CallerAccess(access, token -> Optional.empty()),
        settings.requestBodyTimeout(),
        new HttpMetrics(environment.metrics(), prometheus));
    environment.jersey().register(new PartnerAccess(access));
    environment.jersey().register(new ProblemResource());
    role.install(settings, environment, prometheus);
    StrictHttp.installMethods(environment);
    environment
        .lifecycle()
        .addServerLifecycleListener(server -> ListeningPorts.of(server).report(LOG));
  }
}
