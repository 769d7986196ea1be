package io.boxoffice.partners;

import io.boxoffice.partners.analytics.AnalyticsRole;
import io.boxoffice.partners.email.EmailRole;
import io.boxoffice.partners.payment.PaymentRole;
import io.boxoffice.partners.report.ReportRole;
import io.boxoffice.partners.search.SearchRole;
import io.boxoffice.partners.simulation.PartnerSimulation;
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
import io.boxoffice.platform.tracing.RequestSpans;
import io.boxoffice.platform.tracing.Tracing;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.sourceforge.argparse4j.inf.Namespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs partners of the shop in one process, with HTTP, logs and metrics as the shop has them. */
public final class PartnersApplication extends Application<PartnersConfiguration> {
  /** The settings in the jar. */
  public static final String SETTINGS = "partners.yml";

  private static final Logger LOG = LoggerFactory.getLogger(PartnersApplication.class);
  private static final List<Role> ROLES =
      List.of(
          new PaymentRole(),
          new EmailRole(),
          new SearchRole(),
          new AnalyticsRole(),
          new ReportRole());
  private static final int WRONG_USE = 2;

  /** What the settings call the roles of the process, which its log lines have. */
  private static final String ROLE_NAMES = "ROLES";

  private final List<Role> roles;

  /** Creates the partners of some roles. */
  public PartnersApplication(List<Role> roles) {
    this.roles = List.copyOf(roles);
  }

  /** Runs the roles that the arguments name. */
  public static void main(String[] arguments) throws Exception {
    CommonPool.widen();
    List<String> named = List.of(arguments);
    List<Role> roles = ROLES.stream().filter(role -> named.contains(role.name())).toList();
    if (roles.isEmpty() || roles.size() != named.size()) {
      System.err.printf(
          "Box Office: expected the roles of a partner, each once: %s. Settings are environment variables.%n",
          String.join(", ", ROLES.stream().map(Role::name).toList()));
      System.exit(WRONG_USE);
    }
    new PartnersApplication(roles).run("server", SETTINGS);
  }

  @Override
  public String getName() {
    return "boxoffice-partners";
  }

  @Override
  public void initialize(Bootstrap<PartnersConfiguration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(new ResourceConfigurationSourceProvider());
    String names = roles.stream().map(Role::name).collect(Collectors.joining("+"));
    Preparation.of(
        bootstrap, variable -> variable.equals(ROLE_NAMES) ? names : System.getenv(variable));
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
    BuildInfo build = BuildInfo.read();
    CollectorRegistry prometheus = PrometheusEndpoint.register(environment, build);
    Tracing tracing =
        Tracing.install(
            settings.tracing(), build.version(), environment.lifecycle(), environment.metrics());
    RequestSpans.install(environment, tracing, request -> false);
    StrictHttp.install(environment, List.of());
    OperatorAccess access = new OperatorAccess(settings.token());
    StrictHttp.installServer(
        environment,
        List.of(),
        new CallerAccess(access, token -> Optional.empty()),
        settings.requestBodyTimeout(),
        RequestSpans.ending(tracing, new HttpMetrics(environment.metrics(), prometheus)));
    environment.jersey().register(new PartnerAccess(access));
    environment.jersey().register(new ProblemResource());
    Partner partner = new Partner(environment, prometheus, Clock.systemUTC());
    roles.forEach(role -> role.install(settings, partner));
    PartnerSimulation.install(
        environment, prometheus, tracing, partner.clock(), partner.resources());
    StrictHttp.installMethods(environment);
    environment
        .lifecycle()
        .addServerLifecycleListener(server -> ListeningPorts.of(server).report(LOG));
  }
}
