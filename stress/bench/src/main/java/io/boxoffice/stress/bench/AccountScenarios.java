package io.boxoffice.stress.bench;

import io.boxoffice.stress.bench.report.Goal;
import io.boxoffice.stress.bench.report.LoadTally;
import io.boxoffice.stress.bench.report.Measurement;
import io.boxoffice.stress.bench.report.Section;
import io.boxoffice.stress.bench.report.Window;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.service.Accounts;
import io.boxoffice.stress.bench.service.Replica;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** The scenarios about accounts: what they cost purchases, and what a refusal shows. */
final class AccountScenarios {
  private static final String ALONE = "purchases alone";
  private static final String BESIDE = "purchases beside the flood";
  private static final String FLOOD = "passwords checked in the flood";
  private static final String OUT_OF_MEMORY = "OutOfMemoryError";
  private static final int TRIES = 200;

  private final Stage stage;
  private final Loads loads;
  private long outOfMemory;

  AccountScenarios(Stage stage, Loads loads) {
    this.stage = stage;
    this.loads = loads;
  }

  /** A flood that the hashing queue bounds, on a heap of 512 MB. */
  Section signIns() {
    outOfMemory = 0;
    Section section = new Section("sign-ins", "A flood of sign-ins");
    Stage.Running service = warm(Replica.Kind.SIGN_INS);
    for (int round = 0; round < stage.options().rounds(); round++) {
      flood(section, service, Supplier::get);
    }
    section.compareRates(BESIDE, ALONE, Goal.atLeast(0.8));
    section.compare(OUT_OF_MEMORY, round -> outOfMemory, Goal.atMost(0));
    return section;
  }

  /** The negative control: the same flood without the bound. Its process may not survive. */
  Section unbounded() {
    outOfMemory = 0;
    Section section = new Section("unbounded", "A flood of sign-ins without the hashing queue");
    Stage.Running service = warm(Replica.Kind.UNBOUNDED_SIGN_INS);
    flood(section, service, AccountScenarios::orNone);
    section.compareRates(BESIDE, ALONE, Goal.atMost(0.8));
    section.compare(OUT_OF_MEMORY, round -> outOfMemory, Goal.NONE);
    stage.stop(service.replica());
    return section;
  }

  private void flood(
      Section section,
      Stage.Running service,
      Function<Supplier<Measurement>, Measurement> measure) {
    section.add(ALONE, loads.sell(ALONE, service, List.of(), () -> {}));
    Window window = stage.window();
    SignInFlood flood = SignInFlood.start(service, window);
    Runnable atEnd = () -> countOutOfMemory(service.replica());
    section.add(BESIDE, measure.apply(() -> loads.sell(BESIDE, service, List.of(), atEnd)));
    section.add(FLOOD, measure.apply(() -> flood.await().measurement(window, 0, 0)));
    atEnd.run();
  }

  /** A load that the service does not survive, or whose answers do not fit the sales, has none. */
  private static Measurement orNone(Supplier<Measurement> load) {
    try {
      return load.get();
    } catch (UncheckedIOException | CompletionException | BenchException failed) {
      System.err.println("bench: no result: " + failed.getMessage());
      return Measurement.NONE;
    }
  }

  private void countOutOfMemory(Replica replica) {
    outOfMemory += replica.linesWith(OUT_OF_MEMORY);
  }

  /** How long refusals take, for an address that has an account and for others, in turn. */
  Section refusals() {
    String wrong = "wrong password";
    String unknown = "unknown address";
    Section section = new Section("refusals", "A wrong password against an unknown address");
    Accounts accounts = stage.accounts(warm(Replica.Kind.SIGN_INS));
    String email = accounts.register();
    LoadTally wrongs = new LoadTally();
    LoadTally unknowns = new LoadTally();
    long begin = System.nanoTime();
    for (int turn = 0; turn < TRIES; turn++) {
      wrongs.expected(1, true, accounts.refused(email).toNanos());
      unknowns.expected(
          1, true, accounts.refused("nobody-" + UUID.randomUUID() + "@example.com").toNanos());
    }
    Window window = Window.withoutLead(Duration.ofNanos(System.nanoTime() - begin));
    section.add(wrong, wrongs.measurement(window, 0, 0));
    section.add(unknown, unknowns.measurement(window, 0, 0));
    section.compare(
        "medians, longer / shorter",
        round -> {
          double ratio = round.of(unknown).p50() / round.of(wrong).p50();
          return Math.max(ratio, 1 / ratio);
        },
        Goal.atMost(1.1));
    return section;
  }

  /** What the check of an access token adds to a purchase. */
  Section sessions() {
    String session = "purchases with a session";
    Section section = new Section("sessions", "Purchases with a session");
    Stage.Running service = warm(Replica.Kind.SIGN_INS);
    Accounts accounts = stage.accounts(service);
    String email = accounts.register();
    for (int round = 0; round < stage.options().rounds(); round++) {
      // New tokens, because they expire after five minutes.
      List<String> tokens = accounts.signIn(email, stage.options().connections());
      section.add(ALONE, loads.sell(ALONE, service, List.of(), () -> {}));
      section.add(session, loads.sell(session, service, tokens, () -> {}));
    }
    section.compare(
        "service's µs with a session / without",
        round -> round.of(session).serviceMicros() / round.of(ALONE).serviceMicros(),
        Goal.atMost(1.15));
    section.compareRates(session, ALONE, Goal.NONE);
    return section;
  }

  private Stage.Running warm(Replica.Kind kind) {
    Stage.Running service = stage.warm(kind);
    stage.clear();
    return service;
  }
}
