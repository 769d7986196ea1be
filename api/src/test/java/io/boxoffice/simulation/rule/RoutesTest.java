package io.boxoffice.simulation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.simulation.http.SimulationResource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests which routes a rule can match. */
class RoutesTest {

  @Test
  void templatesAreReadFromTheResources() {
    assertThat(TestRoutes.ALL.templates())
        .contains(
            "/v1/concerts",
            "/v1/concerts/{concertId}",
            "/v1/concerts/{concertId}/purchases",
            "/v1/purchases/{purchaseId}/cancellation");
  }

  @Test
  void simulationRoutesAndNonApiRoutesAreNotListed() {
    assertThat(TestRoutes.ALL.templates()).allMatch(template -> template.startsWith("/v1/"));
    assertThat(Routes.of(List.of(SimulationResource.class)).templates()).isEmpty();
  }
}
