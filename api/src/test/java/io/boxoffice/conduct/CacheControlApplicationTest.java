package io.boxoffice.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.TestApplication;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Checks that no cache stores responses for one buyer or operator, and that public responses state
 * how long they may be stored.
 */
class CacheControlApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private static final String PRIVATE = "no-store";

  /** Caches store the response and revalidate it before each use; these responses have an ETag. */
  private static final String REVALIDATE = "no-cache";

  /** The routes that are not private. A new route is private until it is listed here. */
  private static final Map<String, String> NOT_PRIVATE =
      Map.ofEntries(
          Map.entry("GET /", REVALIDATE),
          Map.entry("GET /page/{file}", REVALIDATE),
          Map.entry("GET /openapi.json", REVALIDATE),
          Map.entry("GET /openapi.yaml", REVALIDATE),
          Map.entry("GET /v1/concerts", REVALIDATE),
          Map.entry("POST /v1/concerts", REVALIDATE),
          Map.entry("GET /v1/concerts/{concertId}", REVALIDATE),
          Map.entry("PATCH /v1/concerts/{concertId}", REVALIDATE),
          Map.entry("GET /.well-known/jwks.json", "max-age=300"),
          Map.entry("GET /v1/ticket-keys", "max-age=300"),
          Map.entry("GET /v1/simulation", REVALIDATE),
          Map.entry("PUT /v1/simulation", REVALIDATE),
          Map.entry("GET /problems", "max-age=3600"),
          Map.entry("GET /problems/{code}", "max-age=3600"));

  private static Calls calls;

  @BeforeAll
  static void makeCalls() {
    calls = new Calls(APPLICATION);
  }

  @Test
  void everyResponseStatesWhetherCachesMayStoreIt() {
    for (Call call : calls.ofApplication().toList()) {
      RawReply reply = call.send(call.with(""));
      assertThat(reply.header("Cache-Control"))
          .as(call.toString())
          .isEqualTo(NOT_PRIVATE.getOrDefault(call.toString(), PRIVATE));
    }
  }

  @Test
  void noRejectionIsStored() {
    for (Call call : calls.ofApplication().toList()) {
      RawReply reply = call.send(call.with("From: a\r\nFrom: b\r\n"));
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.header("Cache-Control")).as(call.toString()).isEqualTo(PRIVATE);
    }
  }

  @Test
  void noResponseOfTheAdminPortIsStored() {
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
