package io.boxoffice.platform.limit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.http.strict.RouteTable;
import java.util.regex.Pattern;

/**
 * Says which requests count together, and how many of them are accepted: {@code quota} requests at
 * once, and after that one more every {@code window / quota}.
 *
 * @param name in headers, problems, metrics and log lines
 * @param quota 1 to 1,000,000 requests
 * @param window one second to one day, in whole seconds
 * @param method null for every method; GET includes HEAD
 * @param route a template of {@link RouteTable}; null for every route of the API
 * @param partition whose requests count together; by default those of one address
 * @param scope where they are counted; by default in each replica
 */
record Policy(
    String name,
    int quota,
    io.dropwizard.util.Duration window,
    String method,
    String route,
    Partition partition,
    Scope scope) {

  /** The API. The contract, the pages and /health are outside of it and have no limit. */
  static final String API = "/v1/";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final int MOST_QUOTA = 1_000_000;
  private static final long MOST_MILLIS = 24 * 60 * 60 * 1000L;

  /** Whose requests count together. */
  enum Partition {
    /** Those of one IPv4 address, or of one IPv6 network with 64 bits. */
    @JsonProperty("address")
    ADDRESS,
    /** Those of one account; a request without an account does not count. */
    @JsonProperty("account")
    ACCOUNT
  }

  /** Where requests are counted. */
  enum Scope {
    /** In the memory of each replica. */
    @JsonProperty("replica")
    REPLICA,
    /** In Redis or in the database, for all replicas together. */
    @JsonProperty("fleet")
    FLEET
  }

  /**
   * Checks the values; an {@link IllegalArgumentException} says what is wrong and what is right.
   */
  Policy {
    require(
        name != null && NAME.matcher(name).matches(),
        "the name is '%s'; it must be 1 to 40 of a-z, 0-9 and '-', and begin with a letter"
            .formatted(name));
    require(
        quota >= 1 && quota <= MOST_QUOTA,
        "the quota of '%s' is %d; it must be 1 to 1,000,000".formatted(name, quota));
    require(
        window != null
            && window.toMilliseconds() >= 1000
            && window.toMilliseconds() <= MOST_MILLIS
            && window.toMilliseconds() % 1000 == 0,
        "the window of '%s' is %s; it must be whole seconds, from 1s to 1d"
            .formatted(name, window));
    require(
        route == null || route.startsWith(API),
        "the route of '%s' is '%s'; it must begin with %s".formatted(name, route, API));
    partition = partition == null ? Partition.ADDRESS : partition;
    scope = scope == null ? Scope.REPLICA : scope;
  }

  private static void require(boolean valid, String otherwise) {
    if (!valid) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Whether the policy applies to a method of a route. */
  boolean covers(RouteTable.Route candidate, String candidateMethod) {
    boolean isRoute =
        route == null ? candidate.template().startsWith(API) : route.equals(candidate.template());
    boolean isMethod =
        method == null
            || method.equals(candidateMethod)
            || (method.equals("GET") && candidateMethod.equals("HEAD"));
    return isRoute && isMethod;
  }

  /** Whether the table has a method of a route that the policy applies to. */
  boolean isServed(RouteTable routes) {
    return routes.routes().stream()
        .anyMatch(served -> served.methods().stream().anyMatch(each -> covers(served, each)));
  }

  /** What the policy applies to, for a message. */
  String target() {
    return "%s %s"
        .formatted(method == null ? "any method of" : method, route == null ? "any route" : route);
  }

  /** The time in which one request of a used quota is given back, in nanoseconds. */
  long periodNanos() {
    return window.toNanoseconds() / quota;
  }

  /** The policy as an item of the header RateLimit-Policy. */
  String item() {
    return "\"%s\";q=%d;w=%d".formatted(name, quota, window.toSeconds());
  }
}
