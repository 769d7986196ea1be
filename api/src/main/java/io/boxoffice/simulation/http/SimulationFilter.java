package io.boxoffice.simulation.http;

import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.ProblemWriter;
import io.boxoffice.platform.http.strict.RouteTable;
import io.boxoffice.platform.metrics.HttpMetrics;
import io.boxoffice.simulation.draw.Decision;
import io.boxoffice.simulation.rule.Routes;
import io.boxoffice.simulation.rule.Rule;
import io.boxoffice.simulation.setting.LiveSimulation;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Applies the simulation's decision to each request without blocking a thread. It suspends a
 * request for its delay. After the delay, the request passes through the filters a second time.
 */
public final class SimulationFilter implements Filter {
  /** The header of every response that the simulation changed or delayed. */
  static final String HEADER = "Simulation";

  private static final String RESUMPTION = "boxoffice.simulation.resumption";

  /** Continues a request when it passes through the filter again. */
  private interface Resumption {
    void resume(FilterChain chain) throws IOException, ServletException;
  }

  private final LiveSimulation simulation;
  private final Predicate<HttpServletRequest> exempt;
  private final Routes routes;
  private final Delays delays;
  private final SimulationMetrics metrics;
  private final ProblemWriter problems;

  /**
   * Creates the filter from the parts that it coordinates.
   *
   * @param exempt the requests that no rule applies to
   */
  public SimulationFilter(
      LiveSimulation simulation,
      Predicate<HttpServletRequest> exempt,
      Routes routes,
      Delays delays,
      SimulationMetrics metrics,
      ProblemWriter problems) {
    this.simulation = simulation;
    this.exempt = exempt;
    this.routes = routes;
    this.delays = delays;
    this.metrics = metrics;
    this.problems = problems;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    switch (request.getDispatcherType()) {
      case REQUEST -> decide((HttpServletRequest) request, (HttpServletResponse) response, chain);
      case ASYNC -> {
        Resumption resumption = (Resumption) request.getAttribute(RESUMPTION);
        request.removeAttribute(RESUMPTION);
        if (resumption == null) {
          chain.doFilter(request, response);
        } else {
          resumption.resume(chain);
        }
      }
      default -> chain.doFilter(request, response);
    }
  }

  private void decide(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String route = RouteTable.of(request).template();
    if (!routes.has(route)) {
      chain.doFilter(request, response);
      return;
    }
    Optional<Decision> decision;
    try {
      decision =
          simulation.decide(
              request.getMethod(),
              route,
              request.getHeader(LiveSimulation.PROFILE_HEADER),
              exempt.test(request));
    } catch (ProblemException unknownProfile) {
      problems.write(request, response, unknownProfile);
      return;
    }
    if (decision.filter(Decision::touches).isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    if (decision.get().phase() == Rule.Phase.REQUEST) {
      applyBeforeHandling(decision.get(), request, response, chain);
    } else {
      applyAfterHandling(decision.get(), request, response, chain);
    }
  }

  private void applyBeforeHandling(
      Decision drawn, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Decision decision = takeSlot(drawn);
    if (!decision.touches()) {
      chain.doFilter(request, response);
      return;
    }
    mark(decision, request, response);
    resumeWith(
        request,
        next -> {
          if (decision.isDenied()) {
            deny(decision, request, response);
          } else {
            next.doFilter(request, response);
          }
        });
    delays.resumeAfter(decision.delay(), request.startAsync(), request, response);
  }

  private void applyAfterHandling(
      Decision drawn, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    BiConsumer<HeldAnswer, AsyncContext> hold =
        (held, suspended) -> {
          Decision decision = takeSlot(drawn);
          if (decision.isDenied()) {
            held.discard();
          }
          mark(decision, request, response);
          resumeWith(request, next -> release(decision, held, request, response));
          delays.resumeAfter(decision.delay(), suspended, request, response);
        };
    HeldAnswer held = new HeldAnswer(request, response, hold);
    chain.doFilter(held.request(), held.response());
    if (!held.isAsynchronous()) {
      hold.accept(held, request.startAsync());
    }
  }

  private void release(
      Decision decision, HeldAnswer held, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (decision.lost()) {
      metrics.lost(decision.rule());
      ServletContextRequest.getServletContextRequest(request)
          .getConnectionMetaData()
          .getConnection()
          .getEndPoint()
          .close();
    } else if (decision.isDenied()) {
      deny(decision, request, response);
    } else {
      held.send();
    }
  }

  /** Takes a slot for the delay. When no slot is free, the request has no delay. */
  private Decision takeSlot(Decision decision) {
    if (!decision.isDelayed()) {
      return decision;
    }
    if (delays.tryTakeSlot(simulation.setting().limits().maxActiveDelays())) {
      metrics.delayed(decision.rule());
      return decision;
    }
    metrics.overflowed();
    return decision.undelayed();
  }

  private static void mark(
      Decision decision, HttpServletRequest request, HttpServletResponse response) {
    if (!decision.touches()) {
      return;
    }
    String mark = decision.lost() ? "lost" : decision.isDenied() ? "denied" : "delayed";
    request.setAttribute(HttpMetrics.SIMULATED_ATTRIBUTE, mark);
    response.setHeader(
        HEADER,
        "rule=%s, delay=%dms, denied=%s"
            .formatted(decision.rule(), decision.delay().toMillis(), decision.isDenied()));
  }

  private static void resumeWith(HttpServletRequest request, Resumption resumption) {
    request.setAttribute(RESUMPTION, resumption);
  }

  private void deny(Decision decision, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    metrics.denied(decision.rule());
    if (decision.refusal().retryAfterSeconds() != null) {
      response.setHeader(
          HttpHeaders.RETRY_AFTER, decision.refusal().retryAfterSeconds().toString());
    }
    problems.write(request, response, SimulatedProblem.of(decision));
  }
}
