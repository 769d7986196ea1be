package io.boxoffice.platform.limit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.http.strict.RouteTable;
import io.boxoffice.platform.limit.Policy.Partition;
import io.boxoffice.platform.limit.Policy.Scope;
import io.dropwizard.util.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects the policies that are in force: the shipped ones and those of RATE_LIMITS. */
final class Policies {
  /** The name of the setting in every message. */
  private static final String SETTING = "RATE_LIMITS";

  /** Each policy is a label value of the metrics. */
  private static final int MOST_POLICIES = 20;

  /** The route of a new order. */
  private static final String ORDERS = "/v1/concerts/{concertId}/orders";

  /**
   * Slows down guesses of passwords, mass registration and floods of mails. Each of these counts in
   * all replicas together, because a client chooses its replica. Those of orders bound the tickets
   * that a client can hold without paying. They count in the memory of each replica, so that a hold
   * needs no further statement; their window is the default of {@code ORDER_HOLD}. The one of page
   * views bounds the rows that a client can write. A policy is in force as soon as a feature serves
   * its route.
   */
  static final List<Policy> SHIPPED =
      List.of(
          shipped("sign-in", 10, Duration.minutes(1), "/v1/sessions"),
          shipped("identity-sign-in", 10, Duration.minutes(1), "/v1/identity-sign-ins"),
          shipped(
              "identity-completion",
              10,
              Duration.minutes(1),
              "/v1/identity-sign-ins/{signInId}/completion"),
          shipped("registration", 10, Duration.minutes(10), "/v1/accounts"),
          shipped("password-reset", 5, Duration.minutes(10), "/v1/password-resets"),
          new Policy(
              "email-change",
              5,
              Duration.minutes(10),
              "POST",
              "/v1/accounts/me/email-changes",
              Partition.ACCOUNT,
              Scope.FLEET),
          new Policy(
              "orders",
              100,
              Duration.minutes(10),
              "POST",
              ORDERS,
              Partition.ADDRESS,
              Scope.REPLICA),
          new Policy(
              "orders-of-account",
              20,
              Duration.minutes(10),
              "POST",
              ORDERS,
              Partition.ACCOUNT,
              Scope.REPLICA),
          new Policy(
              "page-views",
              600,
              Duration.minutes(1),
              "POST",
              "/v1/page-views",
              Partition.ADDRESS,
              Scope.REPLICA));

  private Policies() {}

  private static Policy shipped(String name, int quota, Duration window, String route) {
    return new Policy(name, quota, window, "POST", route, Partition.ADDRESS, Scope.FLEET);
  }

  /**
   * Reads the policies of the setting, a JSON array; a blank text has none.
   *
   * @throws StartupException when the text is not valid
   */
  static List<Policy> parse(String text, ObjectMapper json) {
    if (text.isBlank()) {
      return List.of();
    }
    List<Policy> policies;
    try {
      policies = json.readValue(text, new TypeReference<List<Policy>>() {});
    } catch (JsonProcessingException wrong) {
      String reason =
          wrong.getCause() instanceof IllegalArgumentException
              ? wrong.getCause().getMessage()
              : wrong.getOriginalMessage();
      throw invalid(reason + ". Expected is a JSON array of policies, see docs/limits.md", wrong);
    }
    if (policies == null || policies.contains(null)) {
      throw invalid("null is not a policy", null);
    }
    Set<String> names = new HashSet<>();
    policies.stream()
        .map(Policy::name)
        .filter(name -> !names.add(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw invalid("the name '%s' occurs twice; give each its own".formatted(name), null);
            });
    return policies;
  }

  /**
   * Adds the shipped policies whose routes are served. A policy of the setting takes the place of
   * the shipped one of the same name.
   *
   * @throws StartupException when a policy of the setting applies to nothing
   */
  static List<Policy> inForce(List<Policy> configured, RouteTable routes) {
    for (Policy policy : configured) {
      if (!policy.isServed(routes)) {
        throw invalid(
            "'%s' applies to %s, which this service does not have. It has %s"
                .formatted(policy.name(), policy.target(), choices(routes)),
            null);
      }
    }
    Set<String> names = configured.stream().map(Policy::name).collect(Collectors.toSet());
    List<Policy> all =
        Stream.concat(
                configured.stream(),
                SHIPPED.stream()
                    .filter(policy -> !names.contains(policy.name()) && policy.isServed(routes)))
            .toList();
    if (all.size() > MOST_POLICIES) {
      throw invalid(
          "there are %d policies with the shipped ones; %d are allowed"
              .formatted(all.size(), MOST_POLICIES),
          null);
    }
    return all;
  }

  private static String choices(RouteTable routes) {
    return routes.routes().stream()
        .filter(route -> route.template().startsWith(Policy.API))
        .map(route -> "%s (%s)".formatted(route.template(), route.allow()))
        .sorted()
        .collect(Collectors.joining("; "));
  }

  private static StartupException invalid(String reason, Exception cause) {
    return new StartupException("%s is not valid: %s.".formatted(SETTING, reason), cause);
  }
}
