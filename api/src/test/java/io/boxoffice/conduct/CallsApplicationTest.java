package io.boxoffice.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.http.strict.RouteTable;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Checks that the table of calls has every route, so that the tests of this package cover all
 * routes.
 */
class CallsApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  /** They need a person at an identity provider; the tests of account.oidc have one. */
  private static final Set<String> WITHOUT_PROVIDER =
      Set.of(
          "POST /v1/identity-sign-ins",
          "POST /v1/identity-sign-ins/{signInId}/completion",
          "POST /v1/accounts/me/identities",
          "DELETE /v1/accounts/me/identities/{identityId}");

  /** Its charge is of no order. */
  private static final String CALLBACK = "POST /v1/partner-callbacks/payment";

  private static final Set<String> EVERYWHERE = Set.of("HEAD", "OPTIONS");

  @Test
  void everyRouteHasACall() {
    Calls calls = new Calls(APPLICATION);
    Set<String> called = calls.ofApplication().map(Object::toString).collect(Collectors.toSet());

    assertThat(called).containsExactlyInAnyOrderElementsOf(served(calls.routes()));
  }

  @Test
  void everyCallIsValid() {
    Calls calls = new Calls(APPLICATION);

    calls
        .all()
        .forEach(
            call ->
                assertThat(call.send(call.with("")).status())
                    .as(call.toString())
                    .isIn(valid(call)));
  }

  private static Set<Integer> valid(Call call) {
    if (WITHOUT_PROVIDER.contains(call.toString()) || call.toString().equals(CALLBACK)) {
      return Set.of(404);
    }
    if (call.toString().contains("/v1/sites/")) {
      return Set.of(404);
    }
    if (call.toString().endsWith("/home")) {
      return Set.of(422);
    }
    return call.method().equals("DELETE") ? Set.of(200, 204, 409) : Set.of(200, 201, 202, 204);
  }

  private static List<String> served(List<RouteTable.Route> routes) {
    return routes.stream()
        .flatMap(
            route ->
                route.methods().stream()
                    .filter(method -> !EVERYWHERE.contains(method))
                    .map(method -> method + " " + route.template()))
        .toList();
  }
}
