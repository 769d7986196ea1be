package io.boxoffice.platform.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Adds security headers to every response, so that browsers only display it as intended. Unless the
 * resource says otherwise, no cache stores a response, because most responses concern one buyer.
 */
public final class SecurityHeadersFilter implements Filter {
  /**
   * The same headers for every response: only scripts and styles from this server may run. Swagger
   * UI draws some of its icons from data: images.
   */
  public static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "X-Frame-Options", "DENY",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    // A suspended request passes here again. Its response may have a Cache-Control by then.
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      HEADERS.forEach(((HttpServletResponse) response)::setHeader);
    }
    chain.doFilter(request, response);
  }
}
