package io.boxoffice.platform.http;

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
 * Answers the two methods that mean the same on every route: OPTIONS, by the route's methods, and
 * HEAD, by all that GET would answer (RFC 9110, 9.3.2). Jetty does not send the body of a HEAD.
 */
public final class MethodFilter implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    switch (asked.getMethod()) {
      case "OPTIONS" -> {
        HttpServletResponse answer = (HttpServletResponse) response;
        answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
        answer.setHeader(HttpHeaders.ALLOW, RouteTable.of(asked).allow());
      }
      case "HEAD" -> chain.doFilter(new Get(asked), response);
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
