package io.boxoffice.stress.crowd;

import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.safety.CleanUp;
import io.boxoffice.stress.check.history.HistoryWriter;
import io.boxoffice.stress.crowd.arrival.ArrivalPlan;
import io.boxoffice.stress.crowd.audit.Auditor;
import io.boxoffice.stress.crowd.audit.Findings;
import io.boxoffice.stress.crowd.audit.OrderAuditor;
import io.boxoffice.stress.crowd.exit.ExitCode;
import io.boxoffice.stress.crowd.exit.StressException;
import io.boxoffice.stress.crowd.promise.Promise;
import io.boxoffice.stress.crowd.record.Ledger;
import io.boxoffice.stress.crowd.record.Recorder;
import io.boxoffice.stress.crowd.result.RunPlot;
import io.boxoffice.stress.crowd.result.Seconds;
import io.boxoffice.stress.crowd.result.Summary;
import io.boxoffice.stress.crowd.scenario.Journeys;
import io.boxoffice.stress.crowd.scenario.Load;
import io.boxoffice.stress.crowd.scenario.LoadScenario;
import io.boxoffice.stress.crowd.scenario.LoadScenario.Payments;
import io.boxoffice.stress.crowd.shop.Offer;
import io.boxoffice.stress.crowd.shop.Partner;
import io.boxoffice.stress.crowd.shop.Shop;
import io.boxoffice.stress.crowd.shop.Staging;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Runs a load test, prints its results, and audits the sales. */
public final class Stress {
  private static final Path REPORTS = Path.of("stress/target/reports");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String NO_PARTNER =
      "The address of the shop's payment partner is not known. Give --partner-url and --partner-token, or start both with ./boxoffice in this folder.";

  private final StressOptions options;
  private final LoadScenario scenario;
  private final Shop shop;
  private final String runId = UUID.randomUUID().toString().substring(0, 8);
  private final Recorder recorder = new Recorder();

  private Stress(StressOptions options) {
    this.options = options;
    this.scenario = options.scenario();
    this.shop = new Shop(options.baseUrl(), options.operatorToken());
  }

  /** See {@link StressOptions#USAGE}. */
  public static void main(String[] arguments) throws IOException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(StressOptions.USAGE);
      return;
    }
    CleanUp cleanUp = CleanUp.atExit();
    ExitCode end;
    try (cleanUp) {
      end = new Stress(StressOptions.parse(System.getenv(), arguments)).run(cleanUp);
    } catch (StressException failure) {
      if (!cleanUp.isEnding()) { // With its concerts closed under it, a run fails as it must.
        System.err.println("stress: " + failure.getMessage());
      }
      end = failure.exitCode();
    } catch (BenchException endingAlready) {
      end = ExitCode.USAGE;
    }
    // Threads of Gatling are still running.
    System.exit(end.code());
  }

  private ExitCode run(CleanUp cleanUp) throws IOException {
    boolean operator = shop.probe();
    Path folder = folder();
    say("%s against %s, run %s", scenario.name(), options.baseUrl(), runId);
    Staging staging =
        cleanUp.add(
            new Staging(
                shop,
                "Stress %s %s".formatted(scenario.name(), runId),
                text -> System.err.println("stress: " + text)));
    ArrivalPlan plan =
        options.users() > 0 ? null : scenario.arrivals().apply(options.rate(), options.duration());
    Duration length = plan == null ? options.duration() : Duration.ofSeconds(plan.seconds());
    Optional<Partner> partner = partner();
    Optional<PartnerOutage> outage = outage(partner, length, cleanUp);
    List<Offer> offers = offers(staging, operator, plan);
    boolean profileIsOn = operator && scenario.profile() != null;
    if (profileIsOn) {
      staging.simulate(scenario.profile(), length);
      say("the simulation's profile %s is on until the end", scenario.profile());
    } else if (scenario.profile() != null) {
      say(
          "without an operator token, the profile %s cannot be turned on; the shop's setting stays",
          scenario.profile());
    }
    Ledger ledger = new Ledger(runId, profileIsOn);
    Load load =
        new Load(
            scenario,
            options.baseUrl(),
            plan,
            options.users(),
            length,
            new Journeys(offers, ledger, recorder),
            recorder,
            new AtomicBoolean());
    Optional<Path> report;
    try (Progress progress = Progress.begin(recorder, () -> watch(load, outage))) {
      report = load.run(folder);
    }
    outage.ifPresent(cleanUp::closeNow);
    // The run is over: no buyer is left, and the audit must read without delays.
    List<String> concerts = staging.concerts();
    cleanUp.closeNow(staging);
    int seconds = load.enough().get() ? recorder.arrivalSeconds() : (int) length.toSeconds();
    return tell(
        folder,
        report,
        new Promise.Run(recorder, ledger.attempts(), plan, seconds, profileIsOn),
        () -> audit(ledger, partner, length, concerts));
  }

  /** The payment partner of the shop, for a scenario with orders. */
  private Optional<Partner> partner() {
    if (scenario.payments() == Payments.NONE || options.partnerUrl().isEmpty()) {
      if (scenario.payments() != Payments.NONE) {
        say("%s", NO_PARTNER);
      }
      return Optional.empty();
    }
    Partner partner = new Partner(options.partnerUrl(), options.partnerToken());
    try {
      partner.probe();
    } catch (StressException failure) {
      say("the ledger cannot be read, so it will not be audited. %s", failure.getMessage());
    }
    return Optional.of(partner);
  }

  /** The failure of the partner, for a scenario that has one. */
  private Optional<PartnerOutage> outage(
      Optional<Partner> partner, Duration length, CleanUp cleanUp) {
    if (scenario.payments() != Payments.FAILING) {
      return Optional.empty();
    }
    return Optional.of(
        cleanUp.add(
            new PartnerOutage(
                partner.orElseThrow(() -> new StressException(ExitCode.NO_SHOP, NO_PARTNER)),
                length,
                text -> say("%s", text))));
  }

  private Findings audit(
      Ledger ledger, Optional<Partner> partner, Duration length, List<String> concerts) {
    if (scenario.payments() == Payments.NONE) {
      say("auditing %,d attempts to buy", ledger.attempts().size());
      return new Auditor(shop).audit(ledger.attempts(), ledger.looks().all(), concerts);
    }
    Duration settling = scenario.payments().settling(length);
    say(
        "waiting up to %d s for %,d orders to settle, then auditing them",
        settling.toSeconds(), ledger.checkouts().size());
    return new OrderAuditor(shop, partner, recorder.began(), settling)
        .audit(ledger.checkouts(), ledger.looks().all(), concerts);
  }

  private List<Offer> offers(Staging staging, boolean operator, ArrivalPlan plan) {
    if (operator) {
      LoadScenario.StockPlan stock = scenario.stock();
      return staging.create(
          stock.concerts(),
          stock.typesEach(),
          plan == null ? Long.MAX_VALUE : stock.capacity(plan.total()));
    }
    List<Offer> offers = shop.onSale();
    if (offers.isEmpty()) {
      throw new StressException(
          ExitCode.NO_SHOP, "No concert is on sale, and creating one needs the operator token.");
    }
    say("without an operator token: buying from the %d ticket types on sale", offers.size());
    return offers;
  }

  private void watch(Load load, Optional<PartnerOutage> outage) {
    outage.ifPresent(failure -> failure.follow(recorder.elapsed()));
    if (scenario.enough().test(recorder, load.plan())) {
      load.enough().set(true);
    }
  }

  private ExitCode tell(
      Path folder, Optional<Path> report, Promise.Run run, Supplier<Findings> auditor)
      throws IOException {
    Findings audit = null;
    String auditFailure = null;
    try {
      audit = auditor.get();
    } catch (StressException failure) {
      auditFailure = failure.getMessage();
    }
    Summary summary =
        new Summary(
            scenario.name(),
            options.baseUrl(),
            runId,
            scenario.profile(),
            run,
            options.users(),
            Instant.now(),
            scenario.promises().stream().map(promise -> promise.judge(run)).toList(),
            audit,
            auditFailure);
    Files.writeString(folder.resolve("summary.json"), summary.json());
    if (audit != null && audit.history() != null) {
      try (Writer writer = Files.newBufferedWriter(folder.resolve("history.jsonl"))) {
        HistoryWriter.write(audit.history(), writer);
      }
    }
    Files.writeString(folder.resolve("seconds.csv"), Seconds.csv(recorder));
    Files.writeString(
        folder.resolve("run.svg"),
        RunPlot.draw("%s, %s".formatted(scenario.name(), load()), recorder));
    System.out.print(summary.text());
    if (recorder.limitedCount() > 0) {
      System.out.printf(
          Locale.ROOT,
          "  %-12s %,d requests got 429, because the shop counts these buyers as one address; docs/stress.md has the setting%n",
          "rate limit",
          recorder.limitedCount());
    }
    System.out.printf(
        "%n  report       %s%n  results      %s/{summary.json,seconds.csv,run.svg%s}%n",
        report.map(Path::toString).orElse("Gatling wrote none; see " + folder + "/gatling.log"),
        folder,
        audit == null || audit.history() == null ? "" : ",history.jsonl");
    return summary.exitCode();
  }

  private String load() {
    return options.users() > 0
        ? "%d users at a time".formatted(options.users())
        : String.format(Locale.ROOT, "%.0f a second", options.rate());
  }

  private Path folder() {
    Path folder =
        options.out() != null
            ? options.out()
            : REPORTS.resolve("%s-%s".formatted(scenario.name(), TIME.format(Instant.now())));
    try {
      return Files.createDirectories(folder);
    } catch (IOException cause) {
      throw new StressException(
          ExitCode.USAGE, "The folder %s cannot be created.".formatted(folder), cause);
    }
  }

  private static void say(String format, Object... values) {
    System.err.printf(Locale.ROOT, "stress: " + format + "%n", values);
  }
}
