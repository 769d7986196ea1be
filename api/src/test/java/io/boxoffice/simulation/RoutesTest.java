package io.boxoffice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which requests rules can see. */
class RoutesTest {

  @Test
  void theyAreReadFromTheResources() {
    assertThat(TestRoutes.ALL.templates())
        .contains(
            "/v1/concerts",
            "/v1/concerts/{concertId}",
            "/v1/concerts/{concertId}/purchases",
            "/v1/purchases/{purchaseId}/cancellation");
  }

  @Test
  void aPathHasTheTemplateItFits() {
    assertThat(TestRoutes.ALL.match("/v1/concerts/4711/purchases"))
        .contains("/v1/concerts/{concertId}/purchases");
    assertThat(TestRoutes.ALL.match("/v1/concerts/")).contains("/v1/concerts");
    assertThat(TestRoutes.ALL.match("/v1/concerts//purchases")).isEmpty();
  }

  @Test
  void whatMustNotBeTouchedIsNoRoute() {
    assertThat(
            java.util.stream.Stream.of(
                    "/",
                    "/openapi.json",
                    "/openapi.yaml",
                    "/health",
                    "/swagger-ui/index.html",
                    "/page/page.js",
                    "/v1/simulation",
                    "/v1/simulation/history")
                .filter(path -> TestRoutes.ALL.match(path).isPresent()))
        .isEmpty();
  }
}
