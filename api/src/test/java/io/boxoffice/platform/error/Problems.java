package io.boxoffice.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient.Answer;

/** Checks what all problems have in common, for the tests of rejections. */
final class Problems {
  private Problems() {}

  /** Fails unless the response is exactly this problem, complete and without internal details. */
  static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(answer.text("code")).isEqualTo(code);
    assertThat(answer.text("type")).isEqualTo("/problems/" + code);
    assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    assertThat(answer.text("requestId")).isEqualTo(answer.header("X-Request-Id"));
    assertThat(answer.text("instance")).isEqualTo(answer.raw().uri().getRawPath());
    assertThat(answer.raw().body()).doesNotContain("Exception", "io.boxoffice", "jackson", "<html");
  }
}
