package io.boxoffice;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.auth.OperatorAccess;
import io.boxoffice.auth.OperatorFilter;
import io.boxoffice.concert.ConcertResource;
import io.boxoffice.concert.ConcertService;
import io.boxoffice.concert.SampleConcerts;
import io.boxoffice.database.Database;
import io.boxoffice.error.ErrorMappers;
import io.boxoffice.error.JettyProblemHandler;
import io.boxoffice.error.ProblemResource;
import io.boxoffice.http.BodyLimitFilter;
import io.boxoffice.http.ClientAddress;
import io.boxoffice.http.EntityTags;
import io.boxoffice.http.RequestIdFilter;
import io.boxoffice.http.SecurityHeadersFilter;
import io.boxoffice.http.ServerCustomizer;
import io.boxoffice.http.StrictJson;
import io.boxoffice.metrics.HttpMetrics;
import io.boxoffice.metrics.PrometheusEndpoint;
import io.boxoffice.metrics.RouteFilter;
import io.boxoffice.openapi.BuildInfo;
import io.boxoffice.openapi.ContractResource;
import io.boxoffice.openapi.PageResource;
import io.boxoffice.purchase.OneByOneSalesDesk;
import io.boxoffice.purchase.PurchaseResource;
import io.boxoffice.purchase.PurchaseService;
import io.boxoffice.purchase.ReceiptResource;
import io.boxoffice.purchase.SaleTransaction;
import io.boxoffice.purchase.SalesDesk;
import io.boxoffice.purchase.SalesMetrics;
import io.boxoffice.purchase.TicketResource;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import org.glassfish.jersey.server.ServerProperties;
import org.jdbi.v3.core.Jdbi;

/** Wires the service: settings to a database, a database to the desk, the desk to HTTP. */
public class BoxOfficeApplication extends Application<BoxOfficeConfiguration> {

  /** {@code server config.yml} serves, {@code db migrate config.yml} changes the schema. */
  public static void main(String[] arguments) throws Exception {
    new BoxOfficeApplication().run(arguments);
  }

  @Override
  public String getName() {
    return "boxoffice";
  }

  @Override
  protected void addDefaultCommands(Bootstrap<BoxOfficeConfiguration> bootstrap) {
    Commands.addTo(bootstrap, this);
  }

  @Override
  public void initialize(Bootstrap<BoxOfficeConfiguration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(),
            new EnvironmentSubstitutor(System::getenv)));
  }

  @Override
  public void run(BoxOfficeConfiguration configuration, Environment environment) {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    // Whoever knows the id of a purchase may cancel it, so those are drawn anew each time, while
    // concerts count on and list in the order of their making.
    NoArgGenerator secretIds = Generators.timeBasedEpochRandomGenerator(random);
    NoArgGenerator orderedIds = Generators.timeBasedEpochGenerator(random);
    serveHttp(configuration, environment);

    Jdbi jdbi = customize(Database.open(configuration, environment));
    ConcertService concerts = new ConcertService(jdbi, clock, orderedIds);
    SalesDesk desk = openDesk(new SaleTransaction(jdbi, secretIds), configuration, environment);

    environment
        .jersey()
        .register(new ConcertResource(concerts, new EntityTags(environment.getObjectMapper())));
    PurchaseService purchases = new PurchaseService(jdbi, clock);
    environment.jersey().register(new PurchaseResource(desk, clock));
    environment.jersey().register(new ReceiptResource(purchases));
    environment.jersey().register(new TicketResource(purchases));
    environment.jersey().register(new ProblemResource());
    environment.jersey().register(new ContractResource());
    environment.jersey().register(new PageResource(BuildInfo.read()));

    if (configuration.sampleConcerts()) {
      new SampleConcerts(jdbi, concerts, clock).createWhereEmpty();
    }
    environment
        .lifecycle()
        .addServerLifecycleListener(new Welcome(concerts, configuration.welcome(), System.out));
  }

  /** Lets a test change the SQL that is sent, for example to show what happens without a lock. */
  protected Jdbi customize(Jdbi jdbi) {
    return jdbi;
  }

  /** Opens the desk that sells; a benchmark replaces it by one that does not. */
  protected SalesDesk openDesk(
      SaleTransaction sales, BoxOfficeConfiguration configuration, Environment environment) {
    OneByOneSalesDesk desk =
        new OneByOneSalesDesk(
            sales, configuration.salesDesk(), new SalesMetrics(environment.metrics()));
    environment.lifecycle().manage(desk);
    return desk;
  }

  private static void serveHttp(BoxOfficeConfiguration configuration, Environment environment) {
    ObjectMapper json = environment.getObjectMapper();
    StrictJson.applyTo(json);
    addFilter(environment, "request-id", new RequestIdFilter());
    addFilter(environment, "security-headers", new SecurityHeadersFilter());

    environment.jersey().property(ServerProperties.WADL_FEATURE_DISABLE, true);
    // A proxy may stand in front; a relative Location is right behind any of them.
    environment
        .jersey()
        .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    ErrorMappers.register(environment.jersey());
    environment.jersey().register(new RouteFilter());
    environment.jersey().register(new BodyLimitFilter());
    environment
        .jersey()
        .register(new OperatorFilter(new OperatorAccess(configuration.operatorToken())));

    JettyProblemHandler errors = new JettyProblemHandler(json);
    environment.getApplicationContext().setErrorHandler(errors);
    environment
        .lifecycle()
        .addEventListener(
            new ServerCustomizer(
                new ClientAddress(configuration.trustedProxies()),
                errors,
                new HttpMetrics(environment.metrics(), PrometheusEndpoint.register(environment)),
                configuration.requestBodyTimeout()));
  }

  private static void addFilter(Environment environment, String name, Filter filter) {
    var registration = environment.servlets().addFilter(name, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
  }
}
