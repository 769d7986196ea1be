package io.boxoffice.simulation.setting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Setting;
import io.boxoffice.simulation.rule.SettingParser;
import io.boxoffice.simulation.rule.SettingRequest;
import io.boxoffice.simulation.rule.TestRoutes;
import io.boxoffice.testing.TestDatabase;
import io.dropwizard.jackson.Jackson;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests the history on a real database, with a clock that the test sets. */
class SettingStoreDatabaseTest {
  private static final ObjectMapper JSON = Jackson.newObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final ManualClock clock = new ManualClock();
  private final SettingStore store =
      new SettingStore(
          TestDatabase.migrated().jdbi(),
          new SettingParser(TestRoutes.ALL, TestRoutes.SHIPPED, false),
          setting("off"),
          JSON,
          clock);

  @Test
  void changeAfterATimeLimitIsComparedWithTheSettingInForce() {
    replace("regular", null);
    replace("realistic", LIMIT);
    clock.advance(LIMIT);

    replace("brown-out", null);

    assertThat(store.history(Long.MAX_VALUE, 1).items().get(0).changes())
        .containsExactly(
            new History.FieldChange(
                "activeProfile", new TextNode("regular"), new TextNode("brown-out")));
  }

  @Test
  void changeBeforeATimeLimitIsComparedWithTheLimitedSetting() {
    replace("realistic", LIMIT);

    replace("brown-out", null);

    assertThat(store.history(Long.MAX_VALUE, 1).items().get(0).changes())
        .containsExactly(
            new History.FieldChange(
                "activeProfile", new TextNode("realistic"), new TextNode("brown-out")));
  }

  private void replace(String profile, Duration expiresIn) {
    store.replace(new SettingRequest(setting(profile), expiresIn, null), "ada", any -> {});
  }

  private static Setting setting(String profile) {
    return new Setting(null, Limits.DEFAULT, profile, false, TestRoutes.SHIPPED);
  }
}
