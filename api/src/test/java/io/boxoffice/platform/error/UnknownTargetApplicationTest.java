package io.boxoffice.platform.error;

import static io.boxoffice.platform.error.Problems.assertProblem;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.TestApplication;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that unknown paths, methods and representations are rejected with a problem each. */
class UnknownTargetApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  private static ApiClient api;

  @BeforeAll
  static void connect() {
    api = APPLICATION.client();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nope",
        "/v1",
        "/v1/concerts/not-an-id",
        "/v1/tickets/1",
        "/v1/purchases/%20",
        "/problems/x",
        "/page/nope.js",
        "/page/",
        "/v1/concerts/00000000-0000-7000-8000-000000000000",
      })
  void anUnknownPathIsNotFound(String path) {
    assertProblem(api.get(path), 404, "not-found");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/v1/concerts",
    "DELETE,/v1/concerts",
    "TRACE,/v1/concerts",
    "POST,/openapi.json"
  })
  void anUnknownMethodIsRejected(String method, String path) {
    assertProblem(api.send(method, path, null), 405, "method-not-allowed");
  }

  @Test
  void anotherAcceptIsRejected() {
    assertProblem(api.get("/v1/concerts", "Accept", "text/html"), 406, "not-acceptable");
  }
}
