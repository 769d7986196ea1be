package io.boxoffice.lab.trial;

import io.boxoffice.lab.load.Buyers;
import io.boxoffice.lab.load.FinalState;
import io.boxoffice.lab.load.Sale;
import io.boxoffice.lab.topology.Fault;
import io.boxoffice.lab.topology.Topology;
import io.boxoffice.lab.topology.Waiting;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.check.Checker;
import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.HistoryWriter;
import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.verdict.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lets one fault happen to a topology under load, and audits what the clients saw. */
public final class Trial {
  private static final Duration BEFORE = Duration.ofSeconds(4);

  /** A fault that ends at once would show nothing of what happens after it ends. */
  private static final Duration HEALED_AFTER = Duration.ofSeconds(2);

  private static final Duration LEAST = Duration.ofSeconds(5);
  private static final Duration AFTER = Duration.ofSeconds(2);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(75);

  /** The scarce type lasts about so long: a fifth of the buyers want two tickets on average. */
  private static final int SCARCE_SECONDS = 12;

  private final Topology topology;
  private final String configuration;
  private final double perSecond;
  private final Path out;
  private final Duration recoveryLimit;
  private final Watcher watcher;

  /** What a trial reports while it runs. */
  public interface Watcher {
    /** The buyers of a trial have started. */
    void watch(Buyers buyers);

    /** A trial does something new. */
    void phase(String phase);
  }

  /**
   * Prepares trials.
   *
   * @param out the folder of the histories
   * @param recoveryLimit how long to wait for a complete topology; the trial ends without it
   */
  public Trial(
      Topology topology,
      String configuration,
      double perSecond,
      Path out,
      Duration recoveryLimit,
      Watcher watcher) {
    this.topology = topology;
    this.configuration = configuration;
    this.perSecond = perSecond;
    this.out = out;
    this.recoveryLimit = recoveryLimit;
    this.watcher = watcher;
  }

  /**
   * Runs one; takes up to some minutes.
   *
   * @param repeat its number, from 1 on
   */
  public TrialResult run(Fault fault, int repeat) {
    Sale sale = Sale.create(topology, (int) Math.max(1, perSecond / 5 * 2 * SCARCE_SECONDS));
    List<String> views = new ArrayList<>();
    try (Buyers buyers = new Buyers(topology.entrances(), sale, perSecond, topology.pageAge())) {
      String title = "%s %d".formatted(fault.name(), repeat);
      watcher.watch(buyers);
      watcher.phase(title + ", load before the fault");
      Waiting.pause(BEFORE);
      note(views, "before the fault", sale);
      Map<String, Object> before = topology.evidence();
      watcher.phase(title + ", the fault");
      long struck = buyers.now();
      Fault.Strike strike = fault.strike().get();
      Waiting.until(strike.mayHeal(), strike.longest());
      Waiting.pause(HEALED_AFTER);
      note(views, "during it", sale);
      watcher.phase(title + ", recovery");
      strike.heal().run();
      boolean recovered = Waiting.until(() -> topology.status().complete(), recoveryLimit);
      long recovery = recovered ? (buyers.now() - struck) / 1_000 : -1;
      Waiting.until(() -> buyers.now() - struck > LEAST.toNanos() / 1_000, LEAST);
      Waiting.pause(AFTER);
      long until = buyers.now();
      watcher.phase(title + ", last answers and audit");
      buyers.stop();
      Waiting.until(() -> buyers.waiting() == 0, ANSWER_LIMIT);
      note(views, "in the end", sale);
      Evidence.write(
          out.resolve("evidence-%s-%d.json".formatted(fault.name(), repeat)),
          before,
          topology.evidence());
      return result(fault, repeat, strike, buyers, sale, struck, until, recovery, views);
    }
  }

  private TrialResult result(
      Fault fault,
      int repeat,
      Fault.Strike strike,
      Buyers buyers,
      Sale sale,
      long struck,
      long until,
      long recovery,
      List<String> views) {
    FinalState state = FinalState.read(topology, sale.concert());
    List<Operation> attempts = buyers.operations();
    List<Operation> all = new ArrayList<>(attempts);
    all.addAll(buyers.looks());
    History history = new History(all, state.purchases(), state.stocks());
    write(history, "history-%s-%d.jsonl".formatted(fault.name(), repeat));
    Verdict verdict = Checker.check(history);
    Audit audit = Audit.of(history);
    return new TrialResult(
        topology.name(),
        configuration,
        fault.name(),
        repeat,
        strike.where(),
        Outage.longest(attempts, struck, until) / 1_000,
        attempts.size(),
        buyers.errors(),
        audit.unknown(),
        state.purchases().size(),
        audit.acknowledged(),
        audit.lost(),
        audit.oversold(),
        recovery,
        verdict.contradictions().stream().map(one -> one.sentence()).toList(),
        views);
  }

  private void note(List<String> views, String when, Sale sale) {
    String now = topology.views(sale.concert());
    if (!now.isEmpty()) {
      views.add(when + ": " + now);
    }
  }

  private void write(History history, String name) {
    try (Writer writer = Files.newBufferedWriter(out.resolve(name))) {
      HistoryWriter.write(history, writer);
    } catch (IOException cause) {
      throw new BenchException("Cannot write the history", cause);
    }
  }
}
