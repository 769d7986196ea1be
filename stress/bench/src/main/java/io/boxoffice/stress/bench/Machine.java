package io.boxoffice.stress.bench;

import io.boxoffice.stress.bench.sql.BenchDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the figures depend on besides the code. Without it they cannot be compared. */
public final class Machine {
  private Machine() {}

  /** The facts of a run of the bench. */
  static Map<String, String> facts(BenchDatabase database, BenchOptions options) {
    return facts(
        database,
        String.format(
            Locale.ROOT,
            "%d rounds of %d s a load, %d s of warm-up a process, %d connections",
            options.rounds(),
            options.measured().toSeconds(),
            options.warmUp().toSeconds(),
            options.connections()));
  }

  /**
   * The facts of any run.
   *
   * @param run the options that its figures depend on
   */
  public static Map<String, String> facts(BenchDatabase database, String run) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", LocalDate.now(java.time.ZoneOffset.UTC).toString());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("processor", processor());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("JDK", System.getProperty("java.runtime.version"));
    database
        .settings()
        .forEach(
            (name, value) -> facts.put(name.equals("server_version") ? "PostgreSQL" : name, value));
    facts.put("run", run);
    return facts;
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("unknown");
    } catch (IOException notLinux) {
      return "unknown";
    }
  }
}
