package io.boxoffice.platform.error;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers with the problem that a {@link ProblemException} carries. */
public final class ProblemMapper implements ExceptionMapper<ProblemException> {

  @Override
  public Response toResponse(ProblemException refusal) {
    return responseOf(refusal).build();
  }

  /** The answer that tells a refusal, for who would rather return it than throw. */
  public static Response.ResponseBuilder responseOf(ProblemException refusal) {
    Problem problem = refusal.problem();
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(Problem.MEDIA).entity(problem);
    refusal
        .retryAfterSeconds()
        .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
    return response;
  }
}
