package io.boxoffice.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that a policy without a route limits every route of the API and no other. */
class RateLimitedRoutesApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped()
          .with("rateLimits", "[{\"name\": \"all\", \"quota\": 1, \"window\": \"1d\"}]");

  @Test
  void everyRouteOfTheApiIsLimitedAndNoOther() {
    // Its purchase uses the quota; its other calls are an operator's, which do not count.
    Calls calls = new Calls(APPLICATION);

    for (Calls.Call call : calls.all().toList()) {
      boolean isApi = call.port() == APPLICATION.port() && call.template().startsWith("/v1/");
      RawReply reply = call.send(call.with("Authorization: Bearer wrong\r\n"));
      assertThat(reply.code().equals("quota-exceeded")).as(call.toString()).isEqualTo(isApi);
      assertThat(reply.header("RateLimit-Policy"))
          .as(call.toString())
          .isEqualTo(isApi ? "\"all\";q=1;w=86400" : null);
      assertThat(call.send(call.with("")).status()).as(call.toString()).isNotEqualTo(429);
    }
  }
}
