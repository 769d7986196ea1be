package io.boxoffice.lab;

import io.boxoffice.lab.host.Leftovers;
import io.boxoffice.lab.host.Lock;
import io.boxoffice.lab.host.Requirements;
import io.boxoffice.lab.passive.ActivePassive;
import io.boxoffice.lab.topology.Fault;
import io.boxoffice.lab.topology.Topology;
import io.boxoffice.lab.trial.Trial;
import io.boxoffice.lab.trial.TrialResult;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.safety.CleanUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code ./boxoffice lab}: starts a topology, and injects faults into it. */
public final class Lab {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
  private static final int BROKEN = 4;
  private static final Path LOCK = Path.of("/run/boxoffice-lab.lock");
  private static final Path DATA = Path.of("/var/lib/boxoffice-lab");

  private Lab() {}

  /** See {@link LabOptions#USAGE}. */
  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.print(LabOptions.USAGE);
      return;
    }
    CleanUp cleanUp = new CleanUp();
    Runtime.getRuntime().addShutdownHook(new Thread(cleanUp::close, "clean-up"));
    int code;
    try (cleanUp) {
      code = run(LabOptions.parse(arguments), cleanUp);
    } catch (LabOptions.UsageException wrong) {
      System.err.println("lab: " + wrong.getMessage());
      code = WRONG_USE;
    } catch (BenchException | IOException failure) {
      System.err.println("lab: " + failure.getMessage());
      code = FAILED;
    }
    System.exit(code);
  }

  private static int run(LabOptions options, CleanUp cleanUp) throws IOException {
    Requirements.require(Requirements.cluster(), options.install());
    cleanUp.add(Lock.take(LOCK));
    Leftovers.remove(DATA).forEach(one -> say("removed what an aborted lab left: " + one));
    Files.createDirectories(DATA);
    Files.createDirectories(options.out());
    Topology topology = cleanUp.add(new ActivePassive(options.configuration(), DATA));
    say("starting");
    topology.start();
    say("started");
    boolean clean = true;
    for (Fault fault : topology.faults()) {
      if (options.faults().contains(fault.name())) {
        for (int repeat = 1; repeat <= options.repeats(); repeat++) {
          TrialResult result =
              new Trial(
                      topology,
                      options.configuration().id(),
                      options.perSecond(),
                      options.out(),
                      buyers -> {})
                  .run(fault, repeat);
          say(result.toString());
          clean &= result.isClean();
          topology.repair();
        }
      }
    }
    return clean ? 0 : BROKEN;
  }

  static void say(String text) {
    System.err.println("lab: " + text);
  }
}
