package io.boxoffice.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.TestApplication;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No cache keeps what belongs to one buyer or operator; what is for all says how long. */
class CacheControlApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  private static final String PRIVATE = "no-store";

  /** Kept, and asked for again before each use: these have an ETag. */
  private static final String ASK_AGAIN = "no-cache";

  /** The routes that are not private; a new route is private until it stands here. */
  private static final Map<String, String> DELIBERATE =
      Map.ofEntries(
          Map.entry("GET /", ASK_AGAIN),
          Map.entry("GET /page/{file}", ASK_AGAIN),
          Map.entry("GET /openapi.json", ASK_AGAIN),
          Map.entry("GET /openapi.yaml", ASK_AGAIN),
          Map.entry("GET /v1/concerts", ASK_AGAIN),
          Map.entry("POST /v1/concerts", ASK_AGAIN),
          Map.entry("GET /v1/concerts/{concertId}", ASK_AGAIN),
          Map.entry("PATCH /v1/concerts/{concertId}", ASK_AGAIN),
          Map.entry("GET /v1/simulation", ASK_AGAIN),
          Map.entry("PUT /v1/simulation", ASK_AGAIN),
          Map.entry("GET /problems", "max-age=3600"),
          Map.entry("GET /problems/{code}", "max-age=3600"));

  private static Calls calls;

  @BeforeAll
  static void makeCalls() {
    calls = new Calls(APPLICATION);
  }

  @Test
  void everyAnswerSaysWhetherItMayBeKept() {
    for (Calls.Call call : calls.ofApplication().toList()) {
      RawReply reply = call.send(call.with(""));
      assertThat(reply.header("Cache-Control"))
          .as(call.toString())
          .isEqualTo(DELIBERATE.getOrDefault(call.toString(), PRIVATE));
    }
  }

  @Test
  void noRefusalIsKept() {
    for (Calls.Call call : calls.ofApplication().toList()) {
      RawReply reply = call.send(call.with("From: a\r\nFrom: b\r\n"));
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.header("Cache-Control")).as(call.toString()).isEqualTo(PRIVATE);
    }
  }

  @Test
  void noAnswerOfTheAdminPortIsKept() {
    calls
        .all()
        .filter(call -> call.port() == APPLICATION.adminPort())
        .forEach(
            call ->
                assertThat(call.send(call.with("")).header("Cache-Control"))
                    .as(call.toString())
                    .contains(PRIVATE));
  }
}
