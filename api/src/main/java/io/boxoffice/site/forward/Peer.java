package io.boxoffice.site.forward;

import io.boxoffice.platform.http.RequestIdFilter;
import io.boxoffice.platform.http.client.BoundedClient;
import io.boxoffice.platform.tracing.Traceparent;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Sends a client's request to the other site as the client sent it. It holds no thread. */
final class Peer {
  /** The header of a request that a site has passed on. */
  static final String FORWARDED = "Forwarded-By-Site";

  /** An answer is a receipt with its tickets at most. */
  private static final int MOST_BYTES = 256 * 1024;

  /** The longest time that a client may ask to wait. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private static final String PREFER = "Prefer";
  private static final String CLIENTS = "X-Forwarded-For";

  /** What the home needs of a request; the client and this site have their own connections. */
  private static final List<String> PASSED_ON =
      List.of(
          "Accept",
          "Authorization",
          "Content-Type",
          "Idempotency-Key",
          "If-Match",
          PREFER,
          "Simulation-Profile");

  private final String site;
  private final URI base;
  private final BoundedClient http;
  private final BoundedClient patient;

  /**
   * Sends to the given address.
   *
   * @param site the name of this site
   * @param base without a slash at its end
   * @param limit for each exchange, beside the time that the client asks to wait
   * @param executor runs the exchanges
   */
  Peer(String site, URI base, Duration limit, Executor executor) {
    this.site = site;
    this.base = base;
    this.http = new BoundedClient(limit, MOST_BYTES, executor);
    this.patient = new BoundedClient(limit.plus(LONGEST_WAIT), MOST_BYTES, executor);
  }

  /** Sends a request; fails as {@link BoundedClient#send}. */
  CompletableFuture<HttpResponse<byte[]>> send(HttpServletRequest request, byte[] body) {
    String query = request.getQueryString();
    HttpRequest.Builder forwarded =
        HttpRequest.newBuilder(
                URI.create(base + request.getRequestURI() + (query == null ? "" : "?" + query)))
            .method(
                request.getMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .header(FORWARDED, site)
            .header(CLIENTS, request.getRemoteAddr())
            .header(
                RequestIdFilter.HEADER, (String) request.getAttribute(RequestIdFilter.ATTRIBUTE));
    for (String name : PASSED_ON) {
      request.getHeaders(name).asIterator().forEachRemaining(v -> forwarded.header(name, v));
    }
    String trace = Traceparent.forRequest();
    if (trace != null) {
      forwarded.header(Traceparent.HEADER, trace);
    }
    return (request.getHeader(PREFER) == null ? http : patient).send(forwarded.build());
  }
}
