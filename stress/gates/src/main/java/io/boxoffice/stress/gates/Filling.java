package io.boxoffice.stress.gates;

import io.boxoffice.gate.code.format.TicketVerifier;
import io.boxoffice.stress.bench.http.Arrivals;
import io.boxoffice.stress.gates.device.Arrival;
import io.boxoffice.stress.gates.device.Device;
import io.boxoffice.stress.gates.device.DeviceLoop;
import io.boxoffice.stress.gates.device.Mishaps;
import io.boxoffice.stress.gates.device.ScanLine;
import io.boxoffice.stress.gates.device.Tally;
import io.boxoffice.stress.gates.exit.ExitCode;
import io.boxoffice.stress.gates.exit.GatesException;
import io.boxoffice.stress.gates.ledger.GateLedger;
import io.boxoffice.stress.gates.plan.OfflinePlan;
import io.boxoffice.stress.gates.plan.Visitors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Lets persons arrive at the gates at random, at a rate that does not depend on the shop, and waits
 * until all scans have a result.
 */
final class Filling {
  private static final int JOURNAL = 20_000;
  private static final long SEED = 20_261_130;
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(60);
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(30);
  private static final long LATE_NANOS = Duration.ofSeconds(1).toNanos();

  /** Clocks that are right, hours ahead, hours behind, right, and some minutes ahead. */
  private static final List<Duration> CLOCK_ERRORS =
      List.of(
          Duration.ZERO,
          Duration.ofHours(3),
          Duration.ofHours(-3),
          Duration.ZERO,
          Duration.ofMinutes(7));

  private final GateOptions options;
  private final Tally tally;
  private final Visitors visitors;
  private final List<GateLedger> ledgers;
  private final List<DeviceLoop> loops = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean late;

  /**
   * Prepares a device at each gate. One gate in four is reset in the middle of the run.
   *
   * @param names of the gates, as they are registered
   */
  Filling(
      GateOptions options,
      List<String> names,
      UUID concertId,
      TicketVerifier verifier,
      OfflinePlan plan,
      Visitors visitors,
      ScanLine line,
      Tally tally) {
    this.options = options;
    this.tally = tally;
    this.visitors = visitors;
    this.ledgers = names.stream().map(GateLedger::new).toList();
    for (int i = 0; i < names.size(); i++) {
      int gate = i;
      Duration clockError = CLOCK_ERRORS.get(i % CLOCK_ERRORS.size());
      Device device =
          new Device(
              new Device.Setting(names.get(i), concertId, verifier, clockError, JOURNAL),
              line,
              Mishaps.random(SEED + i),
              ledgers.get(i),
              tally,
              visitors::answered);
      long resetAt = i % 4 == 2 ? options.duration().toNanos() / 2 : Long.MAX_VALUE;
      loops.add(new DeviceLoop(device, nanos -> plan.isOffline(gate, nanos), resetAt));
    }
  }

  /**
   * Runs to the end.
   *
   * @throws GatesException when the shop refuses the calls of a device
   */
  void run() {
    long begin = System.nanoTime();
    for (int i = 0; i < loops.size(); i++) {
      loops.get(i).begin(begin);
      Thread thread = new Thread(loops.get(i), "gate-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    arrive(begin);
    loops.forEach(loop -> loop.finish(SETTLE_LIMIT));
    join();
    loops.stream()
        .map(DeviceLoop::failure)
        .filter(failure -> failure != null)
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  private void arrive(long begin) {
    Arrivals arrivals = new Arrivals(options.rate(), SEED);
    boolean warm = false;
    while (arrivals.peek() < options.duration().toNanos() && !hasFailed()) {
      long wait = arrivals.peek() - (System.nanoTime() - begin);
      if (wait > 0) {
        LockSupport.parkNanos(wait);
        if (Thread.interrupted()) {
          throw new GatesException(ExitCode.NO_SHOP, "The run was interrupted.");
        }
        continue;
      }
      if (!warm && arrivals.peek() > options.duration().toNanos() / 2) {
        warm = true;
        tally.restartLatencies();
      }
      late |= wait < -LATE_NANOS;
      for (Arrival arrival : visitors.next(arrivals.peek())) {
        late |= !loops.get(arrival.gate()).offer(arrival);
      }
      arrivals.advance();
    }
  }

  private boolean hasFailed() {
    return loops.stream().anyMatch(loop -> loop.failure() != null);
  }

  private void join() {
    long limit = System.nanoTime() + SETTLE_LIMIT.plus(JOIN_LIMIT).toNanos();
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, (limit - System.nanoTime()) / 1_000_000));
        if (thread.isAlive()) {
          throw new GatesException(
              ExitCode.AUDIT_FAILED, thread.getName() + " does not end: the shop is too slow.");
        }
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new GatesException(ExitCode.NO_SHOP, "The run was interrupted.", ending);
    }
  }

  /** Whether a person arrived more than a second late, or found a queue of 10,000. */
  boolean isLate() {
    return late;
  }

  /** How many scans have no result. */
  int waiting() {
    return loops.stream().mapToInt(DeviceLoop::waiting).sum();
  }

  Tally tally() {
    return tally;
  }

  List<GateLedger> ledgers() {
    return ledgers;
  }

  /** The names of a run's gates. */
  static List<String> names(String runId, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "run-%s-%d".formatted(runId, i)).toList();
  }
}
