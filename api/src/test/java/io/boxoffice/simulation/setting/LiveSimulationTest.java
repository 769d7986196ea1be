package io.boxoffice.simulation.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Setting;
import io.boxoffice.simulation.rule.TestRoutes;
import io.boxoffice.testing.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Tests that a new setting and the end of a time limit at the same time leave the new setting. */
class LiveSimulationTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final ManualClock clock = new ManualClock();
  private final List<String> announced = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<Runnable> onNextSeed =
      new AtomicReference<>(LiveSimulationTest::nothing);
  private final AtomicReference<Runnable> onNextCallback =
      new AtomicReference<>(LiveSimulationTest::nothing);
  private final LiveSimulation simulation =
      new LiveSimulation(
          stored(1, "realistic", clock.instant().plus(LIMIT)), clock, this::seed, this::announce);

  @Test
  void settingThatComesWhileATimeLimitEndsIsInForce() throws Exception {
    StoredSetting newer = stored(2, "brown-out", null);
    AtomicReference<Thread> reader = new AtomicReference<>();
    onNextSeed.set(
        () -> {
          clock.advance(LIMIT);
          reader.set(startBeside(simulation::setting));
        });

    simulation.follow(newer);
    reader.get().join();

    assertThat(simulation.stored()).isEqualTo(newer);
    assertThat(simulation.setting().activeProfile()).isEqualTo("brown-out");
    assertThat(announced).last().isEqualTo("brown-out");
  }

  @Test
  void lastCallbackHasTheSettingInForce() throws Exception {
    AtomicReference<Thread> operator = new AtomicReference<>();
    onNextCallback.set(
        () -> operator.set(startBeside(() -> simulation.follow(stored(2, "brown-out", null)))));
    clock.advance(LIMIT);

    simulation.setting();
    operator.get().join();

    assertThat(simulation.setting().activeProfile()).isEqualTo("brown-out");
    assertThat(announced).last().isEqualTo("brown-out");
  }

  @Test
  void olderSettingIsIgnored() {
    simulation.follow(stored(1, "brown-out", null));

    assertThat(simulation.setting().activeProfile()).isEqualTo("realistic");
    assertThat(announced).containsExactly("realistic");
  }

  /** Returns when the other thread has ended, or waits for this one. */
  private static Thread startBeside(Runnable work) {
    Thread other = new Thread(work);
    other.start();
    Eventually.within(
        Duration.ofSeconds(10),
        () ->
            other.getState() == Thread.State.BLOCKED
                || other.getState() == Thread.State.TERMINATED);
    return other;
  }

  private static void nothing() {}

  private long seed() {
    onNextSeed.getAndSet(LiveSimulationTest::nothing).run();
    return 42;
  }

  private void announce(Setting setting) {
    onNextCallback.getAndSet(LiveSimulationTest::nothing).run();
    announced.add(setting.activeProfile());
  }

  private StoredSetting stored(long version, String profile, Instant expiresAt) {
    return new StoredSetting(
        version, setting(profile), clock.instant(), "ada", null, expiresAt, setting("regular"));
  }

  private static Setting setting(String profile) {
    return new Setting(null, Limits.DEFAULT, profile, false, TestRoutes.SHIPPED);
  }
}
