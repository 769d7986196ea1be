package io.boxoffice.stress.gates;

import io.boxoffice.gate.code.format.TicketVerifier;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.safety.CleanUp;
import io.boxoffice.stress.gates.audit.Audit;
import io.boxoffice.stress.gates.audit.Findings;
import io.boxoffice.stress.gates.device.ScanLine;
import io.boxoffice.stress.gates.device.Tally;
import io.boxoffice.stress.gates.exit.ExitCode;
import io.boxoffice.stress.gates.exit.GatesException;
import io.boxoffice.stress.gates.plan.OfflinePlan;
import io.boxoffice.stress.gates.plan.Tickets;
import io.boxoffice.stress.gates.plan.Visitors;
import io.boxoffice.stress.gates.result.Summary;
import io.boxoffice.stress.gates.shop.Hall;
import io.boxoffice.stress.gates.shop.HttpRecords;
import io.boxoffice.stress.gates.shop.HttpScanLine;
import io.boxoffice.stress.gates.shop.JsonApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Simulates the gates of a hall, prints the results, and audits every scan. */
public final class Gates {
  private static final Path REPORTS = Path.of("stress/target/reports");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long SEED = 26;
  private static final int FEW = 50;

  /** Later than the last repetition of the audit. */
  private static final Duration OPEN_AFTER = Duration.ofHours(2);

  private final GateOptions options;
  private final JsonApi api;
  private final String runId = UUID.randomUUID().toString().substring(0, 8);

  private Gates(GateOptions options) {
    this.options = options;
    this.api = new JsonApi(options.baseUrl(), options.operatorToken());
  }

  /** See {@link GateOptions#USAGE}. */
  public static void main(String[] arguments) throws IOException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(GateOptions.USAGE);
      return;
    }
    CleanUp cleanUp = CleanUp.atExit();
    ExitCode end;
    try (cleanUp) {
      end = new Gates(GateOptions.parse(System.getenv(), arguments)).run(cleanUp);
    } catch (GatesException failure) {
      if (!cleanUp.isEnding()) { // With its concerts closed under it, a run fails as it must.
        say(failure.getMessage());
      }
      end = failure.exitCode();
    } catch (BenchException endingAlready) {
      end = ExitCode.USAGE;
    }
    System.exit(end.code());
  }

  private ExitCode run(CleanUp cleanUp) throws IOException {
    api.probe();
    Path folder = folder();
    say("%d gates against %s, run %s".formatted(options.gates(), options.baseUrl(), runId));
    Hall hall = cleanUp.add(new Hall(api, "Gates " + runId, Gates::say));
    int count = Math.max(2 * FEW, options.persons() * 9 / 10);
    UUID concert = hall.concert("the hall", count + FEW, options.duration().plus(OPEN_AFTER));
    UUID other = hall.concert("another hall", FEW, options.duration().plus(OPEN_AFTER));
    say(String.format(Locale.ROOT, "buying %,d tickets", count + 2 * FEW));
    Tickets tickets =
        new Tickets(
            hall.buy(concert, count), hall.buyAndCancel(concert, FEW), hall.buy(other, FEW));
    List<String> names = Filling.names(runId, options.gates());
    names.forEach(name -> hall.register(name, concert));
    TicketVerifier verifier = hall.verifier();
    OfflinePlan plan = new OfflinePlan(options.offline(), options.duration());
    Visitors visitors = new Visitors(tickets, plan, options.gates(), SEED);
    ScanLine line = new HttpScanLine(api, options.gateToken());
    Filling filling =
        new Filling(options, names, concert, verifier, plan, visitors, line, new Tally());
    say("persons arrive for %d s".formatted(options.duration().toSeconds()));
    try (Progress progress = Progress.begin(filling)) {
      filling.run();
    }
    return tell(folder, filling, new HttpRecords(api, line, concert));
  }

  private ExitCode tell(Path folder, Filling filling, HttpRecords records) throws IOException {
    say(String.format(Locale.ROOT, "auditing %,d scans", filling.tally().answeredCount()));
    Findings audit = null;
    String auditFailure = null;
    try {
      audit = Audit.of(filling.ledgers(), records);
    } catch (GatesException failure) {
      auditFailure = failure.getMessage();
    }
    Summary summary =
        new Summary(
            setting(),
            !filling.isLate(),
            filling.ledgers(),
            filling.tally().latencies(),
            audit,
            auditFailure);
    Path file = folder.resolve("summary.json");
    Files.writeString(file, summary.json());
    System.out.print(summary.text());
    System.out.printf(Locale.ROOT, "  results  %s%n", file);
    return summary.exitCode();
  }

  private Map<String, Object> setting() {
    Map<String, Object> setting = new LinkedHashMap<>();
    setting.put("baseUrl", options.baseUrl());
    setting.put("runId", runId);
    setting.put("finishedAt", Instant.now().toString());
    setting.put("rate", options.rate());
    setting.put("offline", options.offline());
    setting.put("seconds", options.duration().toSeconds());
    return setting;
  }

  private Path folder() {
    Path folder =
        options.out() != null
            ? options.out()
            : REPORTS.resolve("gates-" + TIME.format(Instant.now()));
    try {
      return Files.createDirectories(folder);
    } catch (IOException cause) {
      throw new GatesException(
          ExitCode.USAGE, "The folder %s cannot be created.".formatted(folder), cause);
    }
  }

  private static void say(String sentence) {
    System.err.println("gates: " + sentence);
  }
}
