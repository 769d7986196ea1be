package io.boxoffice.simulation.setting;

import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.simulation.draw.Decider;
import io.boxoffice.simulation.draw.Decision;
import io.boxoffice.simulation.rule.Profile;
import io.boxoffice.simulation.rule.Scenario;
import io.boxoffice.simulation.rule.Setting;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Decides each request with the setting in force on this replica, and counts each rule's requests.
 * It keeps the last setting while the database is unavailable.
 */
public final class LiveSimulation {
  /** The request header that selects a profile. */
  public static final String PROFILE_HEADER = "Simulation-Profile";

  private record InForce(
      StoredSetting stored,
      boolean expired,
      Setting setting,
      long seed,
      Map<String, AtomicLong> sequences) {}

  private final Clock clock;
  private final LongSupplier randomSeeds;
  private final Consumer<Setting> changed;
  private volatile InForce inForce;

  /**
   * Starts with a setting.
   *
   * @param randomSeeds supplies the seed of settings without one
   * @param changed receives every setting that comes into force, in that order
   */
  public LiveSimulation(
      StoredSetting initial, Clock clock, LongSupplier randomSeeds, Consumer<Setting> changed) {
    this.clock = clock;
    this.randomSeeds = randomSeeds;
    this.changed = changed;
    begin(initial);
  }

  /** Puts a setting in force if its version is newer than the current one. */
  public synchronized void follow(StoredSetting stored) {
    if (stored.version() > inForce.stored().version()) {
      begin(stored);
    }
  }

  /** Returns the setting in force. */
  public Setting setting() {
    return current().setting();
  }

  /** Returns the stored setting with its version, author and expiry. */
  public StoredSetting stored() {
    return current().stored();
  }

  /** Returns when the setting came into force: the time of the change or of the last expiry. */
  public Instant since() {
    return current().stored().since(clock.instant());
  }

  /** Returns the position in the active profile's scenario. */
  public Scenario.Position position() {
    InForce now = current();
    return now.stored().position(now.setting().active(), clock.instant());
  }

  /**
   * Decides a request and gives it the next number in the sequence of the rule that matches it.
   *
   * @param profileHeader the profile that the request selects, or null
   * @param exempt whether no rule applies to the request
   * @throws ProblemException 422 when the header is allowed and names an unknown profile
   */
  public Optional<Decision> decide(
      String method, String route, String profileHeader, boolean exempt) {
    InForce now = current();
    Profile profile =
        profileHeader == null || !now.setting().allowProfileHeader()
            ? now.setting().active()
            : now.setting().profile(profileHeader, PROFILE_HEADER);
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

  /**
   * Returns the setting in force. When its time limit is over, its fallback comes into force first.
   */
  private InForce current() {
    InForce now = inForce;
    return isOutdated(now) ? endTimeLimit() : now;
  }

  private boolean isOutdated(InForce now) {
    return !now.expired() && now.stored().isExpired(clock.instant());
  }

  /** Holds the lock of {@link #follow}, so that the end of a time limit replaces no new setting. */
  private synchronized InForce endTimeLimit() {
    if (isOutdated(inForce)) {
      begin(inForce.stored());
    }
    return inForce;
  }

  private synchronized void begin(StoredSetting stored) {
    Instant now = clock.instant();
    Setting setting = stored.at(now);
    inForce =
        new InForce(
            stored,
            stored.isExpired(now),
            setting,
            setting.seed() == null ? randomSeeds.getAsLong() : setting.seed(),
            new ConcurrentHashMap<>());
    changed.accept(setting);
  }
}
