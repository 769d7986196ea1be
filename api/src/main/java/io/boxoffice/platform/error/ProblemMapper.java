package io.boxoffice.platform.error;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Turns a {@link ProblemException} into a response with its problem. */
public final class ProblemMapper implements ExceptionMapper<ProblemException> {
  /** A 401 must name the authentication scheme (RFC 9110, section 11.6.1). */
  private static final String CHALLENGE = "Bearer realm=\"boxoffice\"";

  @Override
  public Response toResponse(ProblemException rejection) {
    return responseOf(rejection).build();
  }

  /** Builds the response of a rejection, for callers that return it instead of throwing. */
  public static Response.ResponseBuilder responseOf(ProblemException rejection) {
    Problem problem = rejection.problem();
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(Problem.MEDIA).entity(problem);
    rejection
        .retryAfterSeconds()
        .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
    if (problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }
    return response;
  }
}
