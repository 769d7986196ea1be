package io.boxoffice.simulation;

import io.boxoffice.platform.error.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The setting that this replica follows at this moment, and how far each rule's sequence has come.
 * Holds on to the last one it was given, whatever becomes of the database.
 */
final class LiveSimulation {
  /** The request header that picks a profile. */
  static final String PROFILE_HEADER = "Simulation-Profile";

  private record InForce(
      StoredSetting stored,
      boolean expired,
      Setting setting,
      long seed,
      Map<String, AtomicLong> sequences) {}

  private final Clock clock;
  private final LongSupplier randomSeeds;
  private final Consumer<Setting> changed;
  private final AtomicReference<InForce> inForce = new AtomicReference<>();

  /**
   * Begins with a setting.
   *
   * @param randomSeeds for settings that have none
   * @param changed is told of every setting that comes into force
   */
  LiveSimulation(
      StoredSetting initial, Clock clock, LongSupplier randomSeeds, Consumer<Setting> changed) {
    this.clock = clock;
    this.randomSeeds = randomSeeds;
    this.changed = changed;
    inForce.set(begin(initial));
  }

  /**
   * Follows a setting from now on, unless it is the one that is followed, or older.
   *
   * @return whether anything changed
   */
  boolean follow(StoredSetting stored) {
    InForce before = current();
    if (stored.version() <= before.stored().version()) {
      return false;
    }
    return inForce.compareAndSet(before, begin(stored));
  }

  /** What is followed. */
  Setting setting() {
    return current().setting();
  }

  /** What is followed, as the database has it. */
  StoredSetting stored() {
    return current().stored();
  }

  /** Since when it is followed: when it was set, or when the one before it expired. */
  Instant since() {
    return current().stored().since(clock.instant());
  }

  /** Where the active profile's scenario is. */
  Scenario.Position position() {
    InForce now = current();
    return now.stored().position(now.setting().active(), clock.instant());
  }

  /**
   * Decides a request, and takes its place in the sequence of the rule that matches it.
   *
   * @param profileHeader the profile that the request asks for, or null
   * @param exempt whether no rule may touch it
   * @throws ProblemException 422 when it may ask and there is no such profile
   */
  Optional<Decision> decide(String method, String route, String profileHeader, boolean exempt) {
    InForce now = current();
    Profile profile = profile(now.setting(), profileHeader);
    return profile
        .ruleFor(method, route)
        .filter(rule -> !exempt)
        .map(
            rule ->
                Decider.decide(
                    rule,
                    now.seed(),
                    now.sequences()
                        .computeIfAbsent(rule.id(), id -> new AtomicLong())
                        .getAndIncrement(),
                    now.stored().position(profile, clock.instant()),
                    now.setting().limits()));
  }

  private static Profile profile(Setting setting, String header) {
    if (header == null || !setting.allowProfileHeader()) {
      return setting.active();
    }
    Profile asked = setting.profiles().get(header);
    if (asked == null) {
      throw ProblemException.invalid(
          PROFILE_HEADER,
          "must be one of the profiles " + String.join(", ", setting.profiles().keySet()));
    }
    return asked;
  }

  /** What is in force, after the time limit of what was has done its work. */
  private InForce current() {
    InForce now = inForce.get();
    StoredSetting stored = now.stored();
    if (!now.expired() && stored.isExpired(clock.instant())) {
      inForce.compareAndSet(now, begin(stored));
      return inForce.get();
    }
    return now;
  }

  private InForce begin(StoredSetting stored) {
    Instant now = clock.instant();
    Setting setting = stored.at(now);
    changed.accept(setting);
    return new InForce(
        stored,
        stored.isExpired(now),
        setting,
        setting.seed() == null ? randomSeeds.getAsLong() : setting.seed(),
        new ConcurrentHashMap<>());
  }
}
