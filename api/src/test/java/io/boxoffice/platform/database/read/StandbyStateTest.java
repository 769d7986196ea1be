package io.boxoffice.platform.database.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandbyStateTest {
  private final StandbyState state = new StandbyState(3);

  @Test
  void onlyGoodMeasurementsInARowMakeItUsable() {
    assertThat(state.isUsable()).isFalse();
    state.fresh();
    state.fresh();
    state.unusable("is too old");
    state.fresh();
    state.fresh();
    assertThat(state.isUsable()).isFalse();

    state.fresh();
    assertThat(state.isUsable()).isTrue();
  }

  @Test
  void oneBadSignEndsIt() {
    state.fresh();
    state.fresh();
    state.fresh();
    state.unusable("failed");

    assertThat(state.isUsable()).isFalse();
    state.fresh();
    assertThat(state.isUsable()).isFalse();
  }
}
