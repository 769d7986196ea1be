package io.boxoffice.lab;

import io.boxoffice.lab.active.ActiveActive;
import io.boxoffice.lab.balancing.Balancing;
import io.boxoffice.lab.balancing.BalancingOptions;
import io.boxoffice.lab.host.Leftovers;
import io.boxoffice.lab.host.Lock;
import io.boxoffice.lab.host.Requirements;
import io.boxoffice.lab.passive.ActivePassive;
import io.boxoffice.lab.passive.Single;
import io.boxoffice.lab.topology.Topology;
import io.boxoffice.lab.usage.UsageException;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.safety.CleanUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

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
    boolean compares = arguments.length > 0 && arguments[0].equals(LabOptions.BALANCING);
    if (List.of(arguments).contains("--help")) {
      System.out.print(compares ? BalancingOptions.USAGE : LabOptions.USAGE);
      return;
    }
    CleanUp cleanUp = CleanUp.atExit();
    int code;
    try (cleanUp) {
      if (compares) {
        List<String> rest = List.of(arguments).subList(1, arguments.length);
        compare(BalancingOptions.parse(rest), cleanUp);
        code = 0;
      } else {
        code = run(LabOptions.parse(arguments), cleanUp) ? 0 : BROKEN;
      }
    } catch (UsageException wrong) {
      System.err.println("lab: " + wrong.getMessage());
      code = WRONG_USE;
    } catch (BenchException | IOException failure) {
      if (!cleanUp.isEnding()) { // With its processes stopped under it, a run fails as it must.
        System.err.println("lab: " + failure.getMessage());
      }
      code = FAILED;
    }
    System.exit(code);
  }

  private static boolean run(LabOptions options, CleanUp cleanUp) throws IOException {
    Topology topology = topology(options);
    Session session = new Session(options, topology, cleanUp);
    session.requireFaults();
    Requirements.require(packages(options), options.install());
    AtomicBoolean complete = prepare(options.out(), cleanUp);
    cleanUp.add(topology);
    say("starting %s; its logs are in %s".formatted(topology.name(), DATA));
    topology.start();
    boolean clean = session.run();
    complete.set(true);
    return clean;
  }

  private static void compare(BalancingOptions options, CleanUp cleanUp) throws IOException {
    Requirements.require(options.packages(), options.install());
    AtomicBoolean complete = prepare(options.out(), cleanUp);
    Balancing balancing = cleanUp.add(new Balancing(options, DATA, Lab::say));
    say("starting three replicas of the shop; the logs are in " + DATA);
    System.out.print(balancing.run());
    complete.set(true);
  }

  /**
   * Takes the machine for one lab, and makes the folders.
   *
   * @return whether the logs are removed at the end
   */
  private static AtomicBoolean prepare(Path out, CleanUp cleanUp) throws IOException {
    cleanUp.add(Lock.take(LOCK));
    Leftovers.remove(DATA).forEach(one -> say("removed what an aborted lab left: " + one));
    Files.createDirectories(DATA);
    Files.createDirectories(out);
    AtomicBoolean complete = new AtomicBoolean();
    cleanUp.add(() -> removeData(complete.get()));
    return complete;
  }

  private static List<String> packages(LabOptions options) {
    return switch (options.topology()) {
      case "single" -> Requirements.single();
      case "active-passive" -> Requirements.cluster();
      case "active-active" -> Requirements.sites();
      default -> throw new IllegalArgumentException(options.topology());
    };
  }

  private static Topology topology(LabOptions options) {
    return switch (options.topology()) {
      case "single" -> new Single(DATA);
      case "active-passive" ->
          new ActivePassive(
              options.configuration(), options.injects(ActivePassive.CLOCK_SKEW), DATA);
      case "active-active" -> new ActiveActive(options.configuration(), DATA);
      default -> throw new IllegalArgumentException(options.topology());
    };
  }

  private static void removeData(boolean complete) {
    Leftovers.unmount(DATA);
    if (complete) {
      Leftovers.delete(DATA);
    } else {
      say("the logs stay in %s until the next lab".formatted(DATA));
    }
  }

  static void say(String text) {
    System.err.println("lab: " + text);
  }
}
