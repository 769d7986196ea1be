package io.boxoffice.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that a policy without a route limits every route of the API and no other. */
class RateLimitedRoutesApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped()
          .with("rateLimits", "[{\"name\": \"all\", \"quota\": 100, \"window\": \"1d\"}]");

  @Test
  void everyRouteOfTheApiIsLimitedAndNoOther() {
    // Needs a part of the quota; the rest is used up here.
    Calls calls = new Calls(APPLICATION);
    Eventually.within(
        Duration.ofSeconds(60), () -> APPLICATION.client().get("/v1/concerts").status() == 429);

    for (Call call : calls.all().toList()) {
      boolean isApi = call.port() == APPLICATION.port() && call.template().startsWith("/v1/");
      RawReply reply = call.send(call.with("Authorization: Bearer wrong\r\n"));
      assertThat(reply.code().equals("quota-exceeded")).as(call.toString()).isEqualTo(isApi);
      assertThat(isApi ? reply.header("RateLimit-Policy") : "\"all\";q=100;w=86400")
          .as(call.toString())
          .contains("\"all\";q=100;w=86400");
      assertThat(reply.header("RateLimit-Policy") != null).as(call.toString()).isEqualTo(isApi);
      // No limit applies to the operators' token.
      assertThat(call.send(call.with(Calls.OPERATOR)).status())
          .as(call.toString())
          .isNotEqualTo(429);
    }
  }
}
