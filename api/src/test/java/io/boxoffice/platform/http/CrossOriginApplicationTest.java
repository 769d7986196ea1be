package io.boxoffice.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks what a browser needs to call the service from a page of an allowed origin. */
class CrossOriginApplicationTest {
  private static final String SHOP = "https://shop.example";
  private static final String DEVELOPMENT = "http://localhost:5173";

  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().signing().with("corsAllowedOrigins", SHOP + ", " + DEVELOPMENT);

  private static Answer send(String method, String path, String body, String... headers) {
    return APPLICATION.client().send(method, path, body, headers);
  }

  private static List<String> listed(Answer answer, String header) {
    return List.of(answer.header(header).split(", "));
  }

  @Test
  void anAllowedOriginGetsItselfAndNoCredentials() {
    for (String origin : List.of(SHOP, DEVELOPMENT)) {
      Answer answer = send("GET", "/v1/concerts", null, "Origin", origin);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(origin);
      assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
      assertThat(listed(answer, "Access-Control-Expose-Headers"))
          .contains("Location", "ETag", "Retry-After", "RateLimit", "X-Request-Id");
      assertThat(answer.raw().headers().allValues("Vary")).contains("Origin");
    }
  }

  @Test
  void anAnswerOfEveryOriginVariesByIt() {
    for (String[] headers : new String[][] {{}, {"Origin", "https://evil.example"}}) {
      Answer answer = send("GET", "/v1/concerts", null, headers);
      assertThat(answer.raw().headers().allValues("Vary")).contains("Origin");
      assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void onlyTheWholeOriginCounts() {
    for (String origin :
        List.of(
            "null",
            "https://shop.example.evil.example",
            "https://evil-shop.example",
            "http://shop.example",
            "https://shop.example:8443",
            "https://SHOP.example")) {
      assertThat(
              send("GET", "/v1/concerts", null, "Origin", origin)
                  .header("Access-Control-Allow-Origin"))
          .as(origin)
          .isEmpty();
    }
  }

  @Test
  void aPreflightAllowsWhatASaleAndASignInNeed() {
    for (String path : List.of("/v1/sessions", "/v1/accounts/me")) {
      Answer preflight =
          send("OPTIONS", path, null, "Origin", SHOP, "Access-Control-Request-Method", "DELETE");
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(SHOP);
      assertThat(listed(preflight, "Access-Control-Allow-Methods")).contains("POST", "DELETE");
      assertThat(listed(preflight, "Access-Control-Allow-Headers"))
          .contains("Authorization", "Content-Type", "Idempotency-Key", "If-Match");
      assertThat(preflight.header("Access-Control-Max-Age")).isEqualTo("600");
    }
  }

  @Test
  void aProblemCanBeReadToo() {
    Answer refused =
        send("POST", "/v1/sessions", "{}", "Origin", SHOP, "Content-Type", "application/json");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo(SHOP);
    Answer missing = send("GET", "/nope", null, "Origin", SHOP);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("Access-Control-Allow-Origin")).isEqualTo(SHOP);
  }

  @Test
  void theAdminPortAllowsNoOrigin() {
    Answer metrics = APPLICATION.adminClient().get("/metrics", "Origin", SHOP);
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.header("Access-Control-Allow-Origin")).isEmpty();
  }
}
