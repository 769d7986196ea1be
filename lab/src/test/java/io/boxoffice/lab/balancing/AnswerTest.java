package io.boxoffice.lab.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerTest {
  @Test
  void aPurchaseNamesItsReplica() {
    Answer answer = answer("HTTP/1.1 201 Created\r\nx-served-by: 10.77.0.22:8080\r\n\r\n{}");

    assertThat(answer).isEqualTo(new Answer(10, 30, "", "10.77.0.22:8080", false));
  }

  @Test
  void anotherStatusIsAnError() {
    assertThat(answer("HTTP/1.1 503 Service Unavailable\r\n\r\n"))
        .isEqualTo(new Answer(10, 30, "503", "", false));
  }

  @Test
  void aConnectionThatEndsWithoutAnAnswerIsAnError() {
    assertThat(answer("").error()).isEqualTo("no-answer");
  }

  @Test
  void theSimulationMarksWhatItHeld() {
    assertThat(answer("HTTP/1.1 201 Created\r\nSimulation: rule=held, delay=1500ms\r\n\r\n").held())
        .isTrue();
    assertThat(answer("HTTP/1.1 201 Created\r\n\r\nSimulation: a body").held()).isFalse();
  }

  @Test
  void afterARepetitionTheLastReplicaHasAnswered() {
    assertThat(
            answer("HTTP/1.1 201 Created\r\nX-Served-By: 10.77.0.21:8080, 10.77.0.23:8080\r\n\r\n")
                .replica())
        .isEqualTo("10.77.0.23:8080");
  }

  private static Answer answer(String text) {
    return Answer.of(10, 30, text.getBytes(StandardCharsets.US_ASCII));
  }
}
