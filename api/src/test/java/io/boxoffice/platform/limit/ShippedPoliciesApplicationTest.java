package io.boxoffice.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.StartupException;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks the policies that are in force without a setting. */
class ShippedPoliciesApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().with("rateLimits", "");

  private final ApiClient api = APPLICATION.client();

  @Test
  void theEleventhSignInOfAMinuteIsRefused() {
    APPLICATION.database().jdbi().useHandle(handle -> handle.execute("DELETE FROM rate_limits"));
    Answer first = api.post("/v1/sessions", "{}");
    assertThat(first.status()).isEqualTo(422);
    assertThat(first.header("RateLimit-Policy")).isEqualTo("\"sign-in\";q=10;w=60");
    // One sign-in every six seconds is given back, so a slow machine needs a few more.
    Eventually.within(Duration.ofSeconds(60), () -> api.post("/v1/sessions", "{}").status() == 429);
    assertThat(api.get("/v1/concerts").header("RateLimit-Policy")).isEmpty();
  }

  @Test
  void theCallsOfASignInByOpenIdConnectHaveTheSameLimit() {
    String begin = "/v1/identity-sign-ins";
    String end = begin + "/01900000-0000-7000-8000-000000000000/completion";
    assertThat(api.post(begin, "{}").header("RateLimit-Policy"))
        .isEqualTo("\"identity-sign-in\";q=10;w=60");
    assertThat(api.post(end, "{}").header("RateLimit-Policy"))
        .isEqualTo("\"identity-completion\";q=10;w=60");
    for (String path : List.of(begin, end)) {
      Eventually.within(Duration.ofSeconds(60), () -> api.post(path, "{}").status() == 429);
    }
  }

  @Test
  void withoutTheDatabaseTheRequestEndsWithTheUsualProblem() {
    APPLICATION.database().disconnect();
    try {
      Answer away = api.post("/v1/sessions", "{}");
      assertThat(away.status()).isEqualTo(503);
      assertThat(away.text("code")).isIn("unavailable", "overloaded");
      assertThat(away.header("Retry-After")).isNotEmpty();
    } finally {
      APPLICATION.database().reconnect();
    }
    Eventually.within(Duration.ofSeconds(20), () -> api.post("/v1/sessions", "{}").status() != 503);
  }

  @Test
  void aPolicyForAnUnknownRouteStopsTheStart() {
    TestApplication wrong =
        TestApplication.shipped()
            .with(
                "rateLimits",
                "[{\"name\": \"a\", \"quota\": 1, \"window\": \"1s\", \"route\": \"/v1/nothing\"}]");
    assertThatThrownBy(wrong::start)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("RATE_LIMITS is not valid: 'a' applies to any method of /v1/nothing");
  }
}
