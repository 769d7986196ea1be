package io.boxoffice;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.concert.ConcertCache;
import io.boxoffice.concert.ConcertResource;
import io.boxoffice.concert.ConcertService;
import io.boxoffice.concert.SampleConcerts;
import io.boxoffice.database.Database;
import io.boxoffice.database.ServerFigures;
import io.boxoffice.error.ProblemResource;
import io.boxoffice.http.CodePointSize;
import io.boxoffice.http.RememberedParameterNames;
import io.boxoffice.metrics.PeriodicGauges;
import io.boxoffice.metrics.PrometheusEndpoint;
import io.boxoffice.openapi.BuildInfo;
import io.boxoffice.openapi.ContractResource;
import io.boxoffice.openapi.PageResource;
import io.boxoffice.purchase.BatchingSalesDesk;
import io.boxoffice.purchase.PurchaseResource;
import io.boxoffice.purchase.PurchaseService;
import io.boxoffice.purchase.ReceiptResource;
import io.boxoffice.purchase.RehearsalDesk;
import io.boxoffice.purchase.SaleTransaction;
import io.boxoffice.purchase.SalesDesk;
import io.boxoffice.purchase.SalesMetrics;
import io.boxoffice.purchase.StockInvariantCheck;
import io.boxoffice.purchase.TicketResource;
import io.boxoffice.purchase.TicketTypeCatalogue;
import io.boxoffice.rehearsal.Rehearsal;
import io.boxoffice.simulation.Simulation;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.validation.JerseyParameterNameProvider;
import io.dropwizard.jersey.validation.Validators;
import io.prometheus.client.CollectorRegistry;
import jakarta.validation.constraints.Size;
import java.security.SecureRandom;
import java.time.Clock;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.hibernate.validator.cfg.ConstraintMapping;
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
    HibernateValidatorConfiguration validation = Validators.newConfiguration();
    ConstraintMapping sizes = validation.createConstraintMapping();
    sizes.constraintDefinition(Size.class).validatedBy(CodePointSize.class);
    bootstrap.setValidatorFactory(
        validation
            .addMapping(sizes)
            .parameterNameProvider(new RememberedParameterNames(new JerseyParameterNameProvider()))
            .buildValidatorFactory());
  }

  @Override
  public void run(BoxOfficeConfiguration configuration, Environment environment) {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    // Whoever knows the id of a purchase may cancel it, so those are drawn anew each time, while
    // concerts count on and list in the order of their making.
    NoArgGenerator secretIds = Generators.timeBasedEpochRandomGenerator(random);
    NoArgGenerator orderedIds = Generators.timeBasedEpochGenerator(random);
    BuildInfo build = BuildInfo.read();
    CollectorRegistry prometheus = PrometheusEndpoint.register(environment, build);
    HttpPipeline.install(configuration, environment, prometheus);

    boolean embedded = !configuration.database().isExternal();
    Jdbi jdbi = customize(Database.open(configuration, environment, prometheus));
    ConcertService concerts = new ConcertService(jdbi, clock, orderedIds);
    SalesMetrics salesMetrics = new SalesMetrics(environment.metrics(), prometheus);
    Rehearsal rehearsal =
        new Rehearsal(
            configuration.warmUp(),
            configuration.operatorToken(),
            real -> new RehearsalDesk(real, jdbi, clock, secretIds, configuration.salesDesk()));
    SalesDesk desk =
        rehearsal.beside(
            openDesk(
                jdbi,
                new SaleTransaction(jdbi, clock, secretIds),
                salesMetrics,
                configuration,
                environment));
    environment.healthChecks().register("rehearsal", rehearsal);
    environment.lifecycle().addServerLifecycleListener(rehearsal);
    environment.lifecycle().addEventListener(rehearsal);

    PeriodicGauges gauges =
        new PeriodicGauges(environment.metrics(), configuration.invariantCheckInterval());
    new StockInvariantCheck(jdbi, clock).addTo(gauges);
    new ServerFigures(jdbi).addTo(gauges);
    environment.lifecycle().manage(gauges);

    environment
        .jersey()
        .register(
            new ConcertResource(
                concerts,
                new ConcertCache(
                    concerts, environment.getObjectMapper(), configuration.concertCacheMaxAge())));
    PurchaseService purchases = new PurchaseService(jdbi, clock, salesMetrics);
    environment.jersey().register(new PurchaseResource(desk, clock));
    environment.jersey().register(new ReceiptResource(purchases));
    environment.jersey().register(new TicketResource(purchases));
    environment.jersey().register(new ProblemResource());
    environment.jersey().register(new ContractResource());
    environment.jersey().register(new PageResource(build));
    Simulation.install(configuration, embedded, environment, jdbi, prometheus, clock);
    HttpPipeline.installMethods(environment);

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
      Jdbi jdbi,
      SaleTransaction sales,
      SalesMetrics metrics,
      BoxOfficeConfiguration configuration,
      Environment environment) {
    BatchingSalesDesk desk =
        new BatchingSalesDesk(
            sales, new TicketTypeCatalogue(jdbi), configuration.salesDesk(), metrics);
    environment.lifecycle().manage(desk);
    return desk;
  }
}
