package io.boxoffice.stress.compare;

import io.boxoffice.stress.bench.Machine;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.safety.CleanUp;
import io.boxoffice.stress.bench.sql.BenchDatabase;
import io.boxoffice.stress.bench.sql.DatabaseServer;
import io.boxoffice.stress.compare.process.Broker;
import io.boxoffice.stress.compare.process.Way;
import io.boxoffice.stress.compare.result.BacklogPlot;
import io.boxoffice.stress.compare.result.ComparisonReport;
import io.boxoffice.stress.compare.result.Condition;
import io.boxoffice.stress.compare.result.LatencyPlot;
import io.boxoffice.stress.compare.result.Row;
import io.boxoffice.stress.compare.result.Verdict;
import io.boxoffice.stress.compare.scenario.ScenarioKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Runs the scenarios in the three ways to call partners, and prints what each way does. */
public final class Compare {
  private static final int FAILED = 1;
  private static final int BROKEN = 4;

  private Compare() {}

  /** See {@link CompareOptions#USAGE}. */
  public static void main(String[] arguments) {
    // The library of the embedded server would warn that no program reads its log.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    if (List.of(arguments).contains("--help")) {
      System.out.print(CompareOptions.USAGE);
      return;
    }
    CleanUp cleanUp = CleanUp.atExit();
    int code;
    try (cleanUp) {
      code = compare(CompareOptions.parse(Broker.isInstalled(), arguments), cleanUp);
    } catch (BenchException | UncheckedIOException | CompletionException | IOException failure) {
      if (!cleanUp.isEnding()) { // With its processes stopped under it, a run fails as it must.
        System.err.println("compare: " + failure.getMessage());
      }
      code = FAILED;
    }
    System.exit(code);
  }

  private static int compare(CompareOptions options, CleanUp cleanUp) throws IOException {
    Files.createDirectories(options.out());
    Path folder = Files.createTempDirectory("boxoffice-compare");
    AtomicBoolean complete = new AtomicBoolean();
    cleanUp.add(
        () -> {
          if (complete.get()) {
            delete(folder);
          } else {
            say("the logs are in " + folder);
          }
        });
    BenchDatabase server = cleanUp.add(DatabaseServer.open(folder, System.getenv())).database();
    Map<String, String> facts = Machine.facts(server, described(options));
    Comparison comparison = new Comparison(options, server, cleanUp, folder);
    List<Row> rows = new ArrayList<>();
    for (Condition condition : options.conditions()) {
      for (ScenarioKind scenario : options.scenarios()) {
        for (Way way : options.ways()) {
          if (Comparison.isPossible(condition, way)) {
            rows.add(comparison.measure(scenario, way, condition));
            // Written after each load, so that an interrupted run leaves the finished ones.
            write(new ComparisonReport(facts, List.copyOf(rows)), options.out());
          }
        }
      }
    }
    complete.set(true);
    System.out.print(new ComparisonReport(facts, rows).markdown());
    List<String> broken = Verdict.broken(rows);
    broken.forEach(Compare::say);
    return broken.isEmpty() ? 0 : BROKEN;
  }

  private static String described(CompareOptions options) {
    return String.format(
        Locale.ROOT,
        "%d s of warm-up and %d s measured a load, clients wait for %d s",
        options.warmUp().toSeconds(),
        options.duration().toSeconds(),
        options.timeLimit().toSeconds());
  }

  private static void write(ComparisonReport report, Path out) throws IOException {
    Files.writeString(out.resolve("compare.md"), report.markdown());
    Files.writeString(out.resolve("compare.json"), report.json());
    for (Condition condition : LatencyPlot.conditions(report.rows())) {
      Files.writeString(
          out.resolve("compare-%s.svg".formatted(condition.id())),
          LatencyPlot.draw(condition, report.rows()));
      Files.writeString(
          out.resolve("compare-%s-backlog.svg".formatted(condition.id())),
          BacklogPlot.draw(condition, report.rows()));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Prints progress on the terminal, and not into the result. */
  static void say(String text) {
    System.err.println("compare: " + text);
  }
}
