package io.boxoffice.stress.crowd.scenario;

import io.boxoffice.stress.crowd.arrival.ArrivalPlan;
import io.boxoffice.stress.crowd.record.Recorder;
import io.gatling.app.Gatling$;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A scenario with all values that a run needs.
 *
 * @param plan when buyers arrive; null with a fixed number of buyers
 * @param users that number
 * @param length how long buyers arrive
 * @param enough whether to stop before
 */
public record Load(
    LoadScenario scenario,
    String baseUrl,
    ArrivalPlan plan,
    int users,
    Duration length,
    Journeys journeys,
    Recorder recorder,
    AtomicBoolean enough) {

  /**
   * Runs it in Gatling until every buyer has finished.
   *
   * @param folder the folder for the files and the log of Gatling
   * @return Gatling's report, if it has made one
   */
  public Optional<Path> run(Path folder) throws IOException {
    NoPreferences.Factory.install();
    LoadSimulation.next(this);
    PrintStream terminal = System.out;
    try (PrintStream log =
        new PrintStream(
            Files.newOutputStream(folder.resolve("gatling.log")), true, StandardCharsets.UTF_8)) {
      // Its regular screens of figures would hide our own lines.
      System.setOut(log);
      Gatling$.MODULE$.fromArgs(
          new String[] {
            "--simulation",
            LoadSimulation.class.getName(),
            "--results-folder",
            folder.toString(),
            "--run-description",
            scenario.name()
          });
    } finally {
      System.setOut(terminal);
    }
    try (Stream<Path> files = Files.find(folder, 2, (path, file) -> path.endsWith("index.html"))) {
      return files.findFirst();
    }
  }
}
