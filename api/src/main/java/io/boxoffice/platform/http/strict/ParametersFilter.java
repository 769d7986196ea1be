package io.boxoffice.platform.http.strict;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.eclipse.jetty.http.HttpException;

/**
 * Rejects a query or a form that cannot be decoded. Without this filter, Dropwizard's admin tasks
 * would respond with 500.
 */
public final class ParametersFilter implements Filter {
  private final ProblemWriter problems;

  /** Writes rejections with the given writer. */
  public ParametersFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      if (((HttpServletRequest) request).getQueryString() != null || isForm(request)) {
        request.getParameterMap();
      }
    } catch (RuntimeException broken) {
      if (!(broken instanceof HttpException)) {
        throw broken;
      }
      problems.write(
          (HttpServletRequest) request,
          (HttpServletResponse) response,
          ProblemException.of(
              ProblemCode.BAD_REQUEST, "The query or the form cannot be decoded as UTF-8."));
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean isForm(ServletRequest request) {
    String type = request.getContentType();
    return type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED);
  }
}
