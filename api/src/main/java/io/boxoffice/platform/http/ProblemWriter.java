package io.boxoffice.platform.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.error.Problem;
import io.boxoffice.platform.error.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;

/** Writes a {@link Problem} as the response when a servlet filter rejects a request. */
public final class ProblemWriter {
  private final ObjectMapper json;

  /** Writes problems with the service's own mapper. */
  public ProblemWriter(ObjectMapper json) {
    this.json = json;
  }

  /** Writes the problem of a rejection. */
  public void write(
      HttpServletRequest request, HttpServletResponse response, ProblemException rejection)
      throws IOException {
    rejection
        .retryAfterSeconds()
        .ifPresent(
            seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds)));
    write(request, response, rejection.problem());
  }

  /** Writes a problem; the response must not be committed. */
  public void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    byte[] body =
        json.writeValueAsBytes(
            problem.at(
                request.getRequestURI(), (String) request.getAttribute(RequestIdFilter.ATTRIBUTE)));
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
