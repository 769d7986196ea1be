package io.boxoffice.app;

import io.boxoffice.account.AccountModule;
import io.boxoffice.account.session.SessionModule;
import io.boxoffice.cancellation.CancellationModule;
import io.boxoffice.concert.ConcertModule;
import io.boxoffice.concert.known.KnownConcerts;
import io.boxoffice.event.EventModule;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.gate.GateModule;
import io.boxoffice.gate.code.TicketCodeModule;
import io.boxoffice.mail.MailModule;
import io.boxoffice.mail.Mails;
import io.boxoffice.order.OrderModule;
import io.boxoffice.order.payment.PaymentModule;
import io.boxoffice.order.payment.PaymentPartner;
import io.boxoffice.pageview.PageViewModule;
import io.boxoffice.partner.PartnerModule;
import io.boxoffice.partner.analytics.SalesFigures;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.auth.OperatorAccess;
import io.boxoffice.platform.auth.SharedToken;
import io.boxoffice.platform.database.Database;
import io.boxoffice.platform.http.server.StrictHttp;
import io.boxoffice.platform.key.KeyNumbers;
import io.boxoffice.platform.limit.PartitionKeys;
import io.boxoffice.platform.limit.RateLimitModule;
import io.boxoffice.platform.openapi.BuildInfo;
import io.boxoffice.platform.openapi.PageModule;
import io.boxoffice.platform.redis.Redis;
import io.boxoffice.platform.start.CommonPool;
import io.boxoffice.platform.start.Preparation;
import io.boxoffice.purchase.PurchaseModule;
import io.boxoffice.purchase.SalesDeskFactory;
import io.boxoffice.report.ReportModule;
import io.boxoffice.simulation.SimulationModule;
import io.boxoffice.site.SiteModule;
import io.boxoffice.warmup.WarmUp;
import io.boxoffice.warmup.WarmUpModule;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/** Starts the service from its list of features; the module of each builds its own parts. */
public class BoxOfficeApplication extends Application<BoxOfficeConfiguration> {
  private final UnaryOperator<Jdbi> connections;
  private final SalesDeskFactory desks;
  private final UnaryOperator<PaymentPartner> partners;

  /** Creates the service as it is shipped. */
  public BoxOfficeApplication() {
    this(UnaryOperator.identity(), PurchaseModule::openDesk);
  }

  /**
   * Creates the service with other connections or another sales desk, for tests and benchmarks.
   *
   * @param connections may change the SQL that is sent
   * @param desks opens the sales desk
   */
  public BoxOfficeApplication(UnaryOperator<Jdbi> connections, SalesDeskFactory desks) {
    this(connections, desks, UnaryOperator.identity());
  }

  /**
   * Creates the service with another payment partner, for tests.
   *
   * @param connections may change the SQL that is sent
   * @param desks opens the sales desk
   * @param partners gets the shipped partner and returns the one to use
   */
  public BoxOfficeApplication(
      UnaryOperator<Jdbi> connections,
      SalesDeskFactory desks,
      UnaryOperator<PaymentPartner> partners) {
    this.connections = connections;
    this.desks = desks;
    this.partners = partners;
  }

  /** Runs a command: {@code server config.yml} starts the service. */
  public static void main(String[] arguments) throws Exception {
    CommonPool.widen();
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
    Preparation.of(bootstrap);
  }

  @Override
  public void run(BoxOfficeConfiguration settings, Environment environment) {
    try {
      installFeatures(settings, environment);
    } catch (RuntimeException failure) {
      Database.stopEmbedded(environment.lifecycle());
      throw failure;
    }
  }

  private void installFeatures(BoxOfficeConfiguration settings, Environment environment) {
    BuildInfo build = BuildInfo.read();
    Foundation foundation = FoundationModule.open(settings, environment, build, connections);
    EventModule events = EventModule.install(foundation, settings.events(), settings.database());
    Outbox outbox = events.outbox();
    PartnerModule partnerModule =
        PartnerModule.install(foundation, settings.communication(), settings.partners(), events);
    Mails mails = MailModule.install(foundation, settings.mail());
    PartitionKeys clients = PartitionKeys.of(settings.operatorToken(), foundation.random());
    SessionModule session =
        SessionModule.install(
            foundation,
            settings.accounts().sessions(),
            settings.accounts().hashing(),
            mails,
            clients);
    CallerAccess callers =
        new CallerAccess(
            new OperatorAccess(settings.operatorToken()),
            new SharedToken(settings.gates().token()),
            session.tokens());
    RateLimitModule limits = HttpPipeline.installAccess(settings, foundation, callers);
    SiteModule.install(foundation, settings.site());
    Optional<Redis> redis = Redis.open(settings.redis(), foundation);
    ConcertModule concerts =
        ConcertModule.install(
            foundation,
            outbox,
            partnerModule,
            redis,
            settings.concertCacheMaxAge(),
            settings.sampleConcerts());
    WarmUp warmUp =
        WarmUpModule.install(
            foundation, settings.warmUp(), settings.operatorToken(), settings.salesDesk());
    PurchaseModule purchases =
        PurchaseModule.install(
            foundation,
            outbox,
            settings.salesDesk(),
            settings.idempotencyKeyRetention(),
            settings.site().name(),
            desks,
            callers,
            concerts.stockChanged(),
            warmUp::beside);
    TicketCodeModule ticketCodes =
        TicketCodeModule.install(
            foundation,
            settings.gates().ticketKeys(),
            KeyNumbers.of(settings.site().name(), settings.site().peer()),
            purchases.service(),
            callers);
    PaymentPartner partner = partners.apply(PaymentModule.install(foundation, settings.payment()));
    OrderModule orders =
        OrderModule.install(
            foundation,
            events,
            settings.communication(),
            settings.orders(),
            settings.payment(),
            purchases,
            partner,
            callers);
    CancellationModule.install(foundation, concerts, purchases, orders, partnerModule.followUps());
    SalesFigures.install(partnerModule);
    AccountModule.install(
        foundation,
        outbox,
        partnerModule,
        settings.accounts(),
        session,
        mails,
        purchases.service(),
        orders.service());
    KnownConcerts known = new KnownConcerts(foundation.jdbi());
    PageViewModule.install(foundation, outbox, partnerModule, known);
    ReportModule.install(
        foundation, outbox, partnerModule, settings.partners().timeLimit().toJavaDuration(), known);
    GateModule.install(
        foundation, settings.gates(), settings.events().rabbitmq(), known, ticketCodes.codes());
    events.publish();
    PageModule.install(environment.jersey(), build);
    SimulationModule.install(
        foundation, settings.simulation(), settings.database(), WarmUp::isWarmUp);
    StrictHttp.installMethods(environment);
    limits.enforce(settings.rateLimits(), redis, clients);
    Welcome.install(environment.lifecycle(), concerts.list(), settings.welcome());
  }
}
