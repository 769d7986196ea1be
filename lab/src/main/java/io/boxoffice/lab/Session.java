package io.boxoffice.lab;

import io.boxoffice.lab.database.Configuration;
import io.boxoffice.lab.load.Buyers;
import io.boxoffice.lab.load.Sale;
import io.boxoffice.lab.passive.FailoverScript;
import io.boxoffice.lab.passive.Single;
import io.boxoffice.lab.screen.Screen;
import io.boxoffice.lab.topology.Fault;
import io.boxoffice.lab.topology.Topology;
import io.boxoffice.lab.topology.Waiting;
import io.boxoffice.lab.trial.OutagePlot;
import io.boxoffice.lab.trial.Trial;
import io.boxoffice.lab.trial.TrialReport;
import io.boxoffice.lab.trial.TrialResult;
import io.boxoffice.lab.usage.UsageException;
import io.boxoffice.stress.bench.safety.CleanUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happens to a topology that has started: faults, the failover script, or a look at it. */
final class Session {
  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);

  /** Without a manager, two primaries stay two until an operator decides. */
  private static final Duration NAIVE_RECOVERY_LIMIT = Duration.ofSeconds(10);

  private static final int ENDLESS_STOCK = 1_000_000;

  /**
   * Then another concert is sold, so that neither its tickets nor this process's memory run out.
   */
  private static final int BUYERS_OF_A_SALE = 200_000;

  private static final Duration TICK = Duration.ofSeconds(1);

  private final LabOptions options;
  private final Topology topology;
  private final CleanUp cleanUp;

  Session(LabOptions options, Topology topology, CleanUp cleanUp) {
    this.options = options;
    this.topology = topology;
    this.cleanUp = cleanUp;
  }

  /**
   * Checks the names of the faults.
   *
   * @throws UsageException with those that exist
   */
  void requireFaults() {
    List<String> known = topology.faults().stream().map(Fault::name).toList();
    for (String name : options.faults()) {
      if (!name.equals(LabOptions.ALL) && !known.contains(name)) {
        throw new UsageException(
            "There is no fault '%s' in %s. There are:%n%s"
                .formatted(
                    name,
                    topology.name(),
                    topology.faults().stream()
                        .map(one -> "  %-16s %s".formatted(one.name(), one.what()))
                        .collect(Collectors.joining("\n"))));
      }
    }
  }

  /** Whether nothing was lost or sold twice. */
  boolean run() throws IOException {
    if (options.script()) {
      return new FailoverScript((Single) topology, System.out::println).run();
    }
    Screen screen = cleanUp.add(new Screen(topology, System.err, isTerminal()));
    return options.isShow() ? show(screen) : inject(screen);
  }

  /** Whether the standard error of this process is shown at once. */
  private static boolean isTerminal() {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException unknown) {
      return false;
    }
  }

  private boolean show(Screen screen) {
    screen.say(
        "lab: a client on this machine: nsenter --net=/proc/%d/ns/net curl %s/v1/concerts"
            .formatted(ProcessHandle.current().pid(), topology.entrances().get(0)));
    long begin = System.nanoTime();
    while (!isOver(begin)) {
      Sale sale = Sale.create(topology, ENDLESS_STOCK);
      long beginOfSale = System.nanoTime();
      try (Buyers buyers =
          new Buyers(topology.entrances(), sale, options.perSecond(), Optional.empty())) {
        screen.watch(buyers);
        while (!isOver(begin)
            && (System.nanoTime() - beginOfSale) / 1e9 * options.perSecond() < BUYERS_OF_A_SALE) {
          Waiting.pause(TICK);
        }
      }
    }
    return true;
  }

  private boolean isOver(long begin) {
    return !options.duration().isZero()
        && System.nanoTime() - begin >= options.duration().toNanos();
  }

  private boolean inject(Screen screen) throws IOException {
    Trial trial =
        new Trial(
            topology,
            options.configuration().id(),
            options.perSecond(),
            options.out(),
            options.configuration() == Configuration.NAIVE ? NAIVE_RECOVERY_LIMIT : RECOVERY_LIMIT,
            screen);
    List<TrialResult> results = new ArrayList<>();
    for (Fault fault : topology.faults()) {
      if (options.injects(fault.name())) {
        for (int repeat = 1; repeat <= options.repeats(); repeat++) {
          TrialResult result = trial.run(fault, repeat);
          results.add(result);
          screen.say("lab: " + result.sentence());
          // Written after each trial, so that an interrupted run leaves the finished ones.
          write(results);
          screen.phase("repair");
          topology.repair();
        }
      }
    }
    cleanUp.closeNow(screen);
    System.out.print(new TrialReport(results).markdown());
    return results.stream().allMatch(TrialResult::isClean);
  }

  private void write(List<TrialResult> results) throws IOException {
    TrialReport report = new TrialReport(results);
    Files.writeString(options.out().resolve("lab.md"), report.markdown());
    Files.writeString(options.out().resolve("lab.jsonl"), report.jsonLines());
    Files.writeString(options.out().resolve("lab.svg"), OutagePlot.draw(results));
  }
}
