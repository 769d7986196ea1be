package io.boxoffice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowingPauseTest {
  private final GrowingPause pause =
      new GrowingPause(Duration.ofSeconds(10), 3, Duration.ofMinutes(30));

  @Test
  void eachPauseIsLongerUntilTheLongest() {
    assertThat(IntStream.rangeClosed(1, 7).mapToObj(pause::after).map(Duration::toSeconds).toList())
        .containsExactly(10L, 30L, 90L, 270L, 810L, 1800L, 1800L);
    assertThat(pause.after(Integer.MAX_VALUE)).hasMinutes(30);
  }
}
