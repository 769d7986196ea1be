package io.boxoffice.stress.bench;

import io.boxoffice.stress.bench.delay.DelayBenchmark;
import io.boxoffice.stress.bench.report.Report;
import io.boxoffice.stress.bench.report.Section;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.safety.CleanUp;
import io.boxoffice.stress.bench.sql.BenchDatabase;
import io.boxoffice.stress.bench.sql.DatabaseServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Measures how fast the service sells, and what the database and HTTP alone allow. */
public final class Bench {
  private static final String DELAY = "delay";

  private Bench() {}

  /** See {@link BenchOptions#USAGE}. */
  public static void main(String[] arguments) throws IOException {
    // The library of the embedded server would warn that no program reads its log.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    if (List.of(arguments).contains("--help")) {
      System.out.print(BenchOptions.USAGE);
      return;
    }
    if (arguments.length > 0 && arguments[0].equals(DELAY)) {
      measureDelay(List.of(arguments).subList(1, arguments.length));
      return;
    }
    CleanUp cleanUp = CleanUp.atExit();
    try (cleanUp) {
      measure(BenchOptions.parse(arguments), cleanUp);
    } catch (BenchException | UncheckedIOException failure) {
      if (!cleanUp.isEnding()) { // With its processes stopped under it, a load fails as it must.
        System.err.println("bench: " + failure.getMessage());
        System.exit(1);
      }
    }
  }

  private static void measureDelay(List<String> settings) {
    try {
      DelayBenchmark.run(settings);
    } catch (BenchException failure) {
      System.err.println("bench: " + failure.getMessage());
      System.exit(1);
    }
  }

  private static void measure(BenchOptions options, CleanUp cleanUp) throws IOException {
    Files.createDirectories(options.out());
    Path folder = Files.createTempDirectory(options.out().toAbsolutePath(), "run-");
    cleanUp.add(() -> delete(folder));
    BenchDatabase database = cleanUp.add(DatabaseServer.open(folder, System.getenv())).database();
    Scenarios scenarios = new Scenarios(new Stage(cleanUp, database, options, folder));
    List<Section> sections = new ArrayList<>();
    for (String name : options.only()) {
      System.err.println("bench: -- " + name);
      sections.add(scenarios.run(name));
      // Written after each section, so that an interrupted run leaves the finished sections.
      write(new Report(Machine.facts(database, options), sections), options.out());
    }
    System.out.print(new Report(Machine.facts(database, options), sections).markdown());
  }

  private static void write(Report report, Path out) throws IOException {
    Files.writeString(out.resolve("bench.md"), report.markdown());
    Files.writeString(out.resolve("bench.json"), report.json());
    Files.writeString(out.resolve("bench.svg"), report.svg("Answers per second"));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
