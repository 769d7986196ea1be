package io.boxoffice.platform.http.strict;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;

/**
 * Handles the two methods that mean the same on every route. OPTIONS returns the route's methods.
 * HEAD runs as a GET (RFC 9110, 9.3.2); Jetty does not send its body.
 */
public final class MethodFilter implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest httpRequest = (HttpServletRequest) request;
    switch (httpRequest.getMethod()) {
      case "OPTIONS" -> {
        HttpServletResponse httpResponse = (HttpServletResponse) response;
        httpResponse.setStatus(HttpServletResponse.SC_NO_CONTENT);
        httpResponse.setHeader(HttpHeaders.ALLOW, RouteTable.of(httpRequest).allow());
      }
      case "HEAD" -> chain.doFilter(new Get(httpRequest), response);
      default -> chain.doFilter(request, response);
    }
  }

  private static final class Get extends HttpServletRequestWrapper {
    Get(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getMethod() {
      return "GET";
    }
  }
}
