package io.boxoffice.platform.limit;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.TestApplication;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks what clients see of rate limits, behind a trusted proxy at the loopback address. */
class RateLimitApplicationTest {
  private static final String LIMITS =
      """
      [{"name": "reads", "quota": 2, "window": "1h", "method": "GET", "route": "/v1/concerts"},
       {"name": "all", "quota": 5, "window": "1d"},
       {"name": "fleet", "quota": 3, "window": "2h", "route": "/v1/concerts/{concertId}", "scope": "fleet"}]
      """;

  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped()
          .with("rateLimits", LIMITS)
          .with("trustedProxies", "127.0.0.0/8,::1");

  private final ApiClient api = APPLICATION.client();

  /** A client of its own for each test; 2001:db8::/32 is for documentation (RFC 3849). */
  private final String network =
      UUID.randomUUID().toString().replaceFirst("^(....)(....).*", "2001:db8:$1:$2::");

  private Answer read(String forwardedFor) {
    return api.get("/v1/concerts", "X-Forwarded-For", forwardedFor);
  }

  @Test
  void everyAnswerOfALimitedRouteAnnouncesItsPolicies() {
    Answer first = read(network);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("RateLimit-Policy"))
        .isEqualTo("\"reads\";q=2;w=3600, \"all\";q=5;w=86400");
    assertThat(first.header("RateLimit")).isEqualTo("\"reads\";r=1;t=1800, \"all\";r=4;t=17280");

    Answer missing = api.get("/v1/concerts/" + UUID.randomUUID(), "X-Forwarded-For", network);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("RateLimit-Policy"))
        .isEqualTo("\"all\";q=5;w=86400, \"fleet\";q=3;w=7200");
    assertThat(missing.header("RateLimit"))
        .matches("\"all\";r=3;t=[0-9]+, \"fleet\";r=2;t=(2400|23[0-9]{2})");
  }

  @Test
  void aRequestAboveTheQuotaIsRefusedAsAProblem() {
    read(network);
    read(network);
    Answer refused = read(network);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
    assertThat(refused.text("code")).isEqualTo("quota-exceeded");
    assertThat(refused.text("type")).isEqualTo("/problems/quota-exceeded");
    assertThat(refused.text("instance")).isEqualTo("/v1/concerts");
    assertThat(refused.text("requestId")).isEqualTo(refused.header("X-Request-Id"));
    assertThat(refused.text("detail"))
        .isEqualTo("The policy 'reads' accepts 2 requests in 3600 seconds.");
    assertThat(refused.body().path("violated-policies").toString()).isEqualTo("[\"reads\"]");
    assertThat(refused.header("RateLimit"))
        .isEqualTo("\"reads\";r=0;t=" + refused.header("Retry-After"));
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1700, 1800);
    assertThat(api.get("/problems/quota-exceeded").body().path("status").asInt()).isEqualTo(429);
  }

  @Test
  void addressesThatAClientInventsShareOneQuota() {
    for (int i = 0; i < 2; i++) {
      assertThat(read("203.0.113.%d, %s%d".formatted(i, network, i)).status()).isEqualTo(200);
    }
    assertThat(read("203.0.113.99, " + network).status()).isEqualTo(429);
    assertThat(read(network.replaceFirst("2001:db8", "2001:db9")).status()).isEqualTo(200);
  }

  @Test
  void headCountsAsGet() {
    read(network);
    Answer head = api.send("HEAD", "/v1/concerts", null, "X-Forwarded-For", network);
    assertThat(head.header("RateLimit")).startsWith("\"reads\";r=0;");
    assertThat(api.send("OPTIONS", "/v1/concerts", null, "X-Forwarded-For", network).status())
        .isEqualTo(204);
    assertThat(read(network).status()).isEqualTo(429);
  }

  @Test
  void requestsOfOperatorsDoNotCount() {
    for (int i = 0; i < 6; i++) {
      Answer answer =
          api.get("/v1/concerts", "X-Forwarded-For", network, operator()[0], operator()[1]);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("RateLimit")).isEmpty();
    }
    for (int i = 0; i < 2; i++) {
      read(network);
    }
    assertThat(
            api.get("/v1/concerts", "X-Forwarded-For", network, "Authorization", "Bearer wrong")
                .status())
        .isEqualTo(429);
  }

  @Test
  void aRefusedRequestNeverReachesTheSimulation() {
    Answer set =
        api.send(
            "PUT",
            "/v1/simulation",
            """
            {"allowProfileHeader": true, "profiles":
              {"picky": [{"id": "picky", "denial": {"percent": 100, "status": 503}}]}}
            """,
            operator());
    assertThat(set.status()).as(set.raw().body()).isEqualTo(200);
    String[] headers = {"X-Forwarded-For", network, "Simulation-Profile", "picky"};

    for (int i = 0; i < 2; i++) {
      Answer denied = api.get("/v1/concerts", headers);
      assertThat(denied.status()).isEqualTo(503);
      assertThat(denied.header("RateLimit")).startsWith("\"reads\";r=" + (1 - i));
    }
    Answer refused = api.get("/v1/concerts", headers);
    assertThat(refused.text("code")).isEqualTo("quota-exceeded");
    assertThat(refused.header("Simulation")).isEmpty();
  }

  @Test
  void nothingOutsideOfTheApiHasALimit() {
    for (String path : new String[] {"/", "/openapi.json", "/problems", "/health?type=alive"}) {
      for (int i = 0; i < 6; i++) {
        Answer answer = api.get(path, "X-Forwarded-For", network);
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.header("RateLimit-Policy")).as(path).isEmpty();
      }
    }
    for (int i = 0; i < 6; i++) {
      assertThat(APPLICATION.adminClient().get("/metrics").status()).isEqualTo(200);
    }
  }

  @Test
  void refusedRequestsAreCountedByPolicy() {
    double before = refusals();
    for (int i = 0; i < 5; i++) {
      read(network);
    }
    assertThat(refusals()).isEqualTo(before + 3);
  }

  private static double refusals() {
    return APPLICATION
        .adminClient()
        .get("/metrics")
        .raw()
        .body()
        .lines()
        .filter(line -> line.startsWith("http_limited_requests_total{policy=\"reads\""))
        .mapToDouble(line -> Double.parseDouble(line.replaceFirst(".* ", "")))
        .findFirst()
        .orElseThrow();
  }
}
