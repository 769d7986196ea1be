package io.boxoffice.site.forward;

import io.boxoffice.platform.database.DatabaseProblemMapper;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.ProblemWriter;
import io.boxoffice.platform.http.client.BoundedClient;
import io.boxoffice.platform.http.strict.RouteTable;
import io.boxoffice.site.forward.ForwardMetrics.Outcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes requests that change a sale on to the home of their concert, and its answer back to the
 * client. A request is passed on once: if the other site does not sell the concert either, it says
 * so. A request on its way holds no thread.
 */
public final class ForwardFilter implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(ForwardFilter.class);

  private static final int RETRY_AFTER_SECONDS = 1;

  /** What belongs to one connection, or this site sets itself. */
  private static final Set<String> NOT_PASSED_BACK =
      Set.of(
          "access-control-allow-credentials",
          "access-control-allow-origin",
          "access-control-expose-headers",
          "connection",
          "content-length",
          "date",
          "keep-alive",
          "server",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "vary",
          "x-request-id");

  private final String site;
  private final SaleRoutes routes;
  private final Peer peer;
  private final Semaphore room;
  private final ForwardMetrics metrics;
  private final ProblemWriter problems;

  /**
   * Passes on to the given peer.
   *
   * @param site the name of this site
   * @param inFlight how many requests may be on their way at once
   */
  ForwardFilter(
      String site,
      SaleRoutes routes,
      Peer peer,
      int inFlight,
      ForwardMetrics metrics,
      ProblemWriter problems) {
    this.site = site;
    this.routes = routes;
    this.peer = peer;
    this.room = new Semaphore(inFlight);
    this.metrics = metrics;
    this.problems = problems;
  }

  @Override
  public void doFilter(ServletRequest received, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) received;
    RouteTable.Route route = RouteTable.of(request);
    if (!SaleRoutes.has(request, route)) {
      chain.doFilter(request, response);
      return;
    }
    byte[] body = request.getInputStream().readAllBytes();
    try {
      Optional<String> home = routes.home(request, route, body);
      if (home.isEmpty() || home.get().equals(site)) {
        chain.doFilter(new ReadBody(request, body), response);
      } else {
        forward(request, body, (HttpServletResponse) response);
      }
    } catch (JdbiException failure) {
      problems.write(
          request, (HttpServletResponse) response, DatabaseProblemMapper.translate(failure));
    }
  }

  private void forward(HttpServletRequest request, byte[] body, HttpServletResponse response)
      throws IOException {
    if (request.getHeader(Peer.FORWARDED) != null) {
      refuse(
          request,
          response,
          Outcome.HOME_UNKNOWN,
          ProblemCode.HOME_UNKNOWN,
          "The home of the concert moves; nothing was done.");
      return;
    }
    if (!room.tryAcquire()) {
      refuse(
          request,
          response,
          Outcome.FULL,
          ProblemCode.OVERLOADED,
          "Too many requests are on their way to the site that sells this concert.");
      return;
    }
    AsyncContext suspended = request.startAsync();
    suspended.setTimeout(0); // The exchange has a limit of its own.
    var unused =
        peer.send(request, body)
            .whenComplete(
                (answer, failure) -> {
                  room.release();
                  finish(suspended, request, response, answer, failure);
                });
  }

  /** Never throws, because no caller would see it. */
  private void finish(
      AsyncContext suspended,
      HttpServletRequest request,
      HttpServletResponse response,
      HttpResponse<byte[]> answer,
      Throwable failure) {
    try {
      if (failure == null) {
        metrics.count(Outcome.ANSWERED);
        passBack(answer, response);
      } else {
        fail(request, response, failure);
      }
    } catch (IOException clientGone) {
      LOG.debug("The client did not receive the answer of the other site", clientGone);
    } finally {
      suspended.complete();
    }
  }

  private static void passBack(HttpResponse<byte[]> answer, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.statusCode());
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_BACK.contains(name.toLowerCase(Locale.ROOT))) {
                response.setHeader(name, String.join(", ", values));
              }
            });
    byte[] body = answer.body();
    if (body.length > 0) {
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }

  private void fail(HttpServletRequest request, HttpServletResponse response, Throwable failure)
      throws IOException {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    LOG.warn("The other site did not answer a request: {}", cause.getClass().getSimpleName());
    if (BoundedClient.isNotSent(cause)) {
      refuse(
          request,
          response,
          Outcome.NOT_SENT,
          ProblemCode.SITE_UNAVAILABLE,
          "The site that sells this concert cannot be reached; nothing was done.");
    } else {
      refuse(
          request,
          response,
          Outcome.UNKNOWN,
          ProblemCode.OUTCOME_UNKNOWN,
          "The site that sells this concert did not answer. A retry with the same Idempotency-Key is"
              + " safe; without a key, a retry may buy twice.");
    }
  }

  private void refuse(
      HttpServletRequest request,
      HttpServletResponse response,
      Outcome outcome,
      ProblemCode code,
      String detail)
      throws IOException {
    metrics.count(outcome);
    problems.write(
        request, response, ProblemException.retryable(code, detail, RETRY_AFTER_SECONDS));
  }
}
