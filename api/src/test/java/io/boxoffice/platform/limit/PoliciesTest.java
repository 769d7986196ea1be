package io.boxoffice.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.http.strict.RouteTable;
import io.boxoffice.platform.http.strict.StrictJson;
import io.boxoffice.platform.limit.Policy.Partition;
import io.boxoffice.platform.limit.Policy.Scope;
import io.dropwizard.jackson.Jackson;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {
  private static final ObjectMapper JSON = Jackson.newObjectMapper();
  private static final RouteTable ROUTES =
      RouteTable.of(List.of())
          .with("/v1/concerts", "GET", "POST")
          .with("/v1/tickets/{ticketId}", "GET")
          .with("/health", "GET");

  static {
    StrictJson.applyTo(JSON);
  }

  private static List<Policy> parse(String text) {
    return Policies.parse(text, JSON);
  }

  private static List<String> namesInForce(String text, RouteTable routes) {
    return Policies.inForce(parse(text), routes).stream().map(Policy::name).toList();
  }

  @Test
  void aPolicyCountsTheRequestsOfAnAddressInEachReplicaByDefault() {
    Policy policy =
        parse("[{'name': 'all', 'quota': 600, 'window': '1m'}]".replace('\'', '"')).get(0);

    assertThat(policy.partition()).isEqualTo(Partition.ADDRESS);
    assertThat(policy.scope()).isEqualTo(Scope.REPLICA);
    assertThat(policy.item()).isEqualTo("\"all\";q=600;w=60");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "purchases=20/10s | JSON array",
        "{'name': 'a', 'quota': 1, 'window': '1s'} | JSON array",
        "[{'name': 'a', 'quota': 1, 'window': '1s', 'rate': 1}] | rate",
        "[{'name': 'a', 'quota': 1, 'window': '1s', 'scope': 'planet'}] | fleet",
        "null | null is not a policy",
        "[null] | null is not a policy",
        "[{'quota': 1, 'window': '1s'}] | the name is 'null'",
        "[{'name': 'A b', 'quota': 1, 'window': '1s'}] | the name is 'A b'",
        "[{'name': 'a', 'window': '1s'}] | the quota of 'a' is 0; it must be 1 to 1,000,000",
        "[{'name': 'a', 'quota': 1000001, 'window': '1s'}] | the quota of 'a' is 1000001",
        "[{'name': 'a', 'quota': 1}] | the window of 'a' is null",
        "[{'name': 'a', 'quota': 1, 'window': '1500ms'}] | whole seconds",
        "[{'name': 'a', 'quota': 1, 'window': '0s'}] | whole seconds",
        "[{'name': 'a', 'quota': 1, 'window': '2d'}] | from 1s to 1d",
        "[{'name': 'a', 'quota': 1, 'window': '1s', 'route': '/health'}] | must begin with /v1/",
        "[{'name':'a','quota':1,'window':'1s'},{'name':'a','quota':2,'window':'1s'}] | twice",
      })
  void anInvalidSettingIsRejectedWithTheReason(String text, String reason) {
    assertThatThrownBy(() -> parse(text.replace('\'', '"')))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("RATE_LIMITS is not valid: ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/v1/nothing",
    "PUT,/v1/concerts",
    "POST,/v1/tickets/{ticketId}",
    "GET,/v1/tickets/{id}",
  })
  void aPolicyForARouteThatIsNotServedIsRejectedWithTheRoutes(String method, String route) {
    String text =
        "[{\"name\": \"a\", \"quota\": 1, \"window\": \"1s\", \"method\": \"%s\", \"route\": \"%s\"}]"
            .formatted(method, route);
    assertThatThrownBy(() -> namesInForce(text, ROUTES))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("'a' applies to %s %s".formatted(method, route))
        .hasMessageContaining("It has /v1/concerts (GET, HEAD, OPTIONS, POST); /v1/tickets")
        .hasMessageNotContaining("/health");
  }

  @Test
  void aShippedPolicyIsInForceAsSoonAsItsRouteIsServed() {
    assertThat(namesInForce("", ROUTES)).isEmpty();
    assertThat(namesInForce("", ROUTES.with("/v1/sessions", "POST"))).containsExactly("sign-in");
    assertThat(namesInForce("", ROUTES.with("/v1/sessions", "GET"))).isEmpty();
    assertThat(
            namesInForce(
                "",
                ROUTES
                    .with("/v1/sessions", "POST")
                    .with("/v1/accounts", "POST")
                    .with("/v1/password-resets", "POST")
                    .with("/v1/accounts/me/email-changes", "POST")))
        .containsExactly("sign-in", "registration", "password-reset", "email-change");
  }

  @Test
  void onlyThePoliciesOfOrdersAndPageViewsCountInEachReplica() {
    assertThat(Policies.SHIPPED)
        .filteredOn(policy -> policy.scope() == Scope.REPLICA)
        .extracting(Policy::name)
        .containsExactly("orders", "orders-of-account", "page-views");
  }

  @Test
  void aPolicyOfTheSettingReplacesTheShippedOneOfItsName() {
    String own =
        "[{\"name\": \"sign-in\", \"quota\": 99, \"window\": \"1s\", \"route\": \"/v1/sessions\"}]";
    assertThat(Policies.inForce(parse(own), ROUTES.with("/v1/sessions", "POST")))
        .containsExactlyElementsOf(parse(own));
  }

  @Test
  void theNumberOfPoliciesIsBounded() {
    List<Policy> many =
        IntStream.range(0, 21)
            .mapToObj(
                i ->
                    TestPolicies.of(
                        "p" + i, 1, io.dropwizard.util.Duration.seconds(1), Scope.REPLICA))
            .toList();
    assertThat(Policies.inForce(many.subList(0, 20), ROUTES)).hasSize(20);
    assertThatThrownBy(() -> Policies.inForce(many, ROUTES)).hasMessageContaining("20 are allowed");
  }

  @Test
  void aPolicyForGetCoversHeadAndNothingOutsideOfTheApi() {
    RouteTable.Route concerts = ROUTES.match("/v1/concerts").orElseThrow();
    RouteTable.Route health = ROUTES.match("/health").orElseThrow();
    Policy reads =
        parse("[{\"name\": \"a\", \"quota\": 1, \"window\": \"1s\", \"method\": \"GET\"}]").get(0);

    assertThat(reads.covers(concerts, "GET")).isTrue();
    assertThat(reads.covers(concerts, "HEAD")).isTrue();
    assertThat(reads.covers(concerts, "POST")).isFalse();
    assertThat(reads.covers(health, "GET")).isFalse();
  }
}
