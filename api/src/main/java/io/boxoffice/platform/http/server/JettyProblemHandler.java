package io.boxoffice.platform.http.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.error.Problem;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.RequestIdFilter;
import io.boxoffice.platform.http.SecurityHeadersFilter;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Turns rejections by Jetty, which happen before any servlet, into the same format as all other
 * problems.
 */
public final class JettyProblemHandler extends ErrorHandler {
  private final ObjectMapper json;

  /** Writes problems with the service's own mapper. */
  public JettyProblemHandler(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      String message,
      Throwable cause,
      Callback callback)
      throws JsonProcessingException {
    String requestId = RequestIdFilter.idOf(request);
    Problem problem = problem(status, cause).at(request.getHttpURI().getPath(), requestId);
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.getHeaders().put(RequestIdFilter.HEADER, requestId);
    SecurityHeadersFilter.HEADERS.forEach(response.getHeaders()::put);
    if (cause instanceof HttpException) {
      // Jetty closes the connection after a parser error, but does not always set this header.
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(problem)), callback);
  }

  private static Problem problem(int status, Throwable cause) {
    if (cause instanceof ProblemException rejection) {
      return rejection.problem();
    }
    ProblemCode code = ProblemCode.ofHttpStatus(status);
    return Problem.of(code, code.advice());
  }
}
