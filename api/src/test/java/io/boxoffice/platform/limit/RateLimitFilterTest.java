package io.boxoffice.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.http.ProblemWriter;
import io.boxoffice.platform.http.strict.RequestTargetFilter;
import io.boxoffice.platform.http.strict.RouteTable;
import io.boxoffice.platform.limit.Policy.Partition;
import io.boxoffice.platform.limit.Policy.Scope;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.util.Duration;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests limits of accounts, on a Jetty of its own where a header names the account. */
class RateLimitFilterTest {
  private static final String ACCOUNT = "X-Account";
  private static final String PATH = "/v1/orders";
  private static final RouteTable ROUTES = RouteTable.of(List.of()).with(PATH, "GET");

  private final ProblemWriter problems = new ProblemWriter(Jackson.newObjectMapper());
  private final Server server = new Server(0);
  private ApiClient api;

  /** Answers 204. */
  private static final class Empty extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
  }

  @BeforeEach
  void start() throws Exception {
    RateLimitFilter filter =
        new RateLimitFilter(
            request -> false, request -> Optional.ofNullable(request.getHeader(ACCOUNT)), problems);
    filter.enforce(
        new LimitTable(
            ROUTES,
            List.of(
                entry("of-account", Partition.ACCOUNT, 2),
                entry("of-address", Partition.ADDRESS, 5))));
    ServletContextHandler context = new ServletContextHandler();
    for (jakarta.servlet.Filter each :
        List.of(new RequestTargetFilter(() -> ROUTES, problems), filter)) {
      context.addFilter(new FilterHolder(each), "/*", EnumSet.of(DispatcherType.REQUEST));
    }
    context.addServlet(new ServletHolder(new Empty()), "/");
    server.setHandler(context);
    server.start();
    api = new ApiClient("http://localhost:" + server.getURI().getPort());
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static LimitTable.Entry entry(String name, Partition partition, int quota) {
    Policy policy = new Policy(name, quota, Duration.days(1), null, null, partition, Scope.REPLICA);
    return new LimitTable.Entry(
        new ReplicaLimit(policy, TimeMeter.SYSTEM_NANOTIME),
        new Refusals(policy, new MetricRegistry(), System::nanoTime));
  }

  @Test
  void anAccountHasAQuotaOfItsOwn() {
    for (int i = 0; i < 2; i++) {
      assertThat(api.get(PATH, ACCOUNT, "ada").status()).isEqualTo(204);
    }
    Answer refused = api.get(PATH, ACCOUNT, "ada");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body().path("violated-policies").toString()).isEqualTo("[\"of-account\"]");
    assertThat(api.get(PATH, ACCOUNT, "grace").status()).isEqualTo(204);
  }

  @Test
  void aRequestWithoutAnAccountCountsForItsAddressOnly() {
    for (int i = 0; i < 5; i++) {
      assertThat(api.get(PATH).header("RateLimit-Policy")).isEqualTo("\"of-address\";q=5;w=86400");
    }
    assertThat(api.get(PATH).body().path("violated-policies").toString())
        .isEqualTo("[\"of-address\"]");
    assertThat(api.get(PATH, ACCOUNT, "ada").status()).isEqualTo(429);
  }
}
