package io.boxoffice.platform.limit;

import io.boxoffice.platform.database.DatabaseProblemMapper;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.ProblemWriter;
import io.boxoffice.platform.http.strict.RouteTable;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.JdbiException;

/**
 * Refuses requests above the quota of a policy. Every response of a limited route announces its
 * policies and what is left of them (draft-ietf-httpapi-ratelimit-headers-11).
 */
final class RateLimitFilter implements Filter {
  private static final String POLICY_HEADER = "RateLimit-Policy";
  private static final String HEADER = "RateLimit";

  private final Predicate<HttpServletRequest> exempt;
  private final Function<HttpServletRequest, Optional<String>> account;
  private final ProblemWriter problems;
  private volatile LimitTable limits;

  /**
   * Creates the filter without limits.
   *
   * @param exempt the requests that no policy applies to
   * @param account the account of a request, if it has one
   */
  RateLimitFilter(
      Predicate<HttpServletRequest> exempt,
      Function<HttpServletRequest, Optional<String>> account,
      ProblemWriter problems) {
    this.exempt = exempt;
    this.account = account;
    this.problems = problems;
  }

  /** Sets the limits, before the first request. */
  void enforce(LimitTable table) {
    this.limits = table;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.REQUEST
        && !accept((HttpServletRequest) request, (HttpServletResponse) response)) {
      return;
    }
    chain.doFilter(request, response);
  }

  private boolean accept(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    List<LimitTable.Entry> entries = limits.of(RouteTable.of(request), request.getMethod());
    if (entries.isEmpty() || exempt.test(request)) {
      return true;
    }
    try {
      return accept(entries, request, response);
    } catch (JdbiException failure) {
      // The request needs the same database, so it would get this answer one step later.
      problems.write(request, response, DatabaseProblemMapper.translate(failure));
      return false;
    }
  }

  private boolean accept(
      List<LimitTable.Entry> entries, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    StringJoiner policies = new StringJoiner(", ");
    StringJoiner standings = new StringJoiner(", ");
    for (LimitTable.Entry entry : entries) {
      Policy policy = entry.policy();
      String partition = partition(policy, request);
      if (partition == null) {
        continue;
      }
      Standing standing = entry.limit().take(partition);
      policies.add(entry.item());
      standings.add(standing.item(policy));
      if (!standing.accepted()) {
        announce(policies, standings, response);
        refuse(entry, standing, request, response);
        return false;
      }
    }
    announce(policies, standings, response);
    return true;
  }

  /** Returns null for a request without an account, if the policy counts accounts. */
  private String partition(Policy policy, HttpServletRequest request) {
    return switch (policy.partition()) {
      case ADDRESS -> AddressPartition.of(request.getRemoteAddr());
      case ACCOUNT -> account.apply(request).orElse(null);
    };
  }

  private static void announce(
      StringJoiner policies, StringJoiner standings, HttpServletResponse response) {
    if (policies.length() > 0) {
      response.setHeader(POLICY_HEADER, policies.toString());
      response.setHeader(HEADER, standings.toString());
    }
  }

  private void refuse(
      LimitTable.Entry entry,
      Standing standing,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    entry.refusals().add();
    problems.write(
        request,
        response,
        ProblemException.retryable(
            ProblemCode.QUOTA_EXCEEDED,
            "The policy '%s' accepts %d requests in %d seconds."
                .formatted(
                    entry.policy().name(),
                    entry.policy().quota(),
                    entry.policy().window().toSeconds()),
            standing.seconds(),
            Map.of("violated-policies", List.of(entry.policy().name()))));
  }
}
