package io.boxoffice.platform.http;

import io.boxoffice.platform.StartupException;
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
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets pages of the allowed origins call the service from a browser, by the CORS protocol of the
 * Fetch Standard. Tokens travel in the Authorization header, which a browser never adds by itself.
 * So no answer allows credentials, and the service sets no cookie. What Jetty rejects before any
 * servlet, such as malformed HTTP, has no such header.
 */
public final class CrossOriginFilter implements Filter {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  /** How a browser writes an origin: in lower case, without a path (RFC 6454, section 6.2). */
  private static final Pattern FORM = Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?");

  /** How long a browser may keep the answer to a preflight: at most 10 minutes. */
  private static final String KEPT_SECONDS = "600";

  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";

  /** The headers of requests that the service reads. */
  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, From, Idempotency-Key, If-Match, If-None-Match,"
          + " Simulation-Profile, X-Request-Id";

  /** The headers of responses that a client needs, besides those that every page may read. */
  private static final String RESPONSE_HEADERS =
      "Allow, ETag, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate,"
          + " X-Request-Id";

  private final Set<String> origins;

  /**
   * Allows the given origins.
   *
   * @param origins such as {@code https://shop.example}; none allows no page of another origin
   * @throws StartupException when one is no origin; a wildcard is none
   */
  public CrossOriginFilter(List<String> origins) {
    for (String origin : origins) {
      if (!FORM.matcher(origin).matches()) {
        throw new StartupException(
            ("CORS_ALLOWED_ORIGINS has '%s', which is no origin. Write each origin as browsers send"
                    + " it, such as https://shop.example or http://localhost:5173: in lower case,"
                    + " with its port if it has one, without a path, and not '*'.")
                .formatted(origin));
      }
    }
    this.origins = Set.copyOf(origins);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!origins.isEmpty() && request.getDispatcherType() == DispatcherType.REQUEST) {
      allow((HttpServletRequest) request, (HttpServletResponse) response);
    }
    chain.doFilter(request, response);
  }

  private void allow(HttpServletRequest request, HttpServletResponse response) {
    // Also for other origins, so that no cache gives the answer for one origin to another.
    response.addHeader("Vary", "Origin");
    String origin = request.getHeader("Origin");
    if (origin == null || !origins.contains(origin)) {
      return;
    }
    response.setHeader(ALLOW_ORIGIN, origin);
    response.setHeader("Access-Control-Expose-Headers", RESPONSE_HEADERS);
    if (request.getMethod().equals("OPTIONS")) {
      response.setHeader("Access-Control-Allow-Methods", METHODS);
      response.setHeader("Access-Control-Allow-Headers", REQUEST_HEADERS);
      response.setHeader("Access-Control-Max-Age", KEPT_SECONDS);
    }
  }
}
