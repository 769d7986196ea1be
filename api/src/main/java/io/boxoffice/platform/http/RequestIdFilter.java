package io.boxoffice.platform.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.slf4j.MDC;

/**
 * Gives every request an id: the client's X-Request-Id if it is safe to log, or else a new one. The
 * id is in the response and in every log line of the request.
 */
public final class RequestIdFilter implements Filter {
  /** The header that carries the id in both directions. */
  public static final String HEADER = "X-Request-Id";

  /** The request attribute, and the key in the logging context. */
  public static final String ATTRIBUTE = "requestId";

  private static final Pattern SAFE_TO_LOG = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String id = (String) request.getAttribute(ATTRIBUTE);
    if (id == null) {
      id = choose(((HttpServletRequest) request).getHeader(HEADER));
      request.setAttribute(ATTRIBUTE, id);
      ((HttpServletResponse) response).setHeader(HEADER, id);
    }
    try (MDC.MDCCloseable ignored = MDC.putCloseable(ATTRIBUTE, id)) {
      chain.doFilter(request, response);
    }
  }

  /** The id of a request, which may not have reached this filter. */
  public static String idOf(Request request) {
    Object known = request.getAttribute(ATTRIBUTE);
    return known == null ? choose(request.getHeaders().get(HEADER)) : known.toString();
  }

  private static String choose(String offered) {
    return offered != null && SAFE_TO_LOG.matcher(offered).matches()
        ? offered
        : UUID.randomUUID().toString();
  }
}
