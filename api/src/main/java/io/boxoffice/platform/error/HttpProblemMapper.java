package io.boxoffice.platform.error;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;
import org.glassfish.jersey.server.ParamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns JAX-RS's own rejections into problems: 404, 405, 406, 415, and parameters that do not
 * convert.
 */
public final class HttpProblemMapper implements ExceptionMapper<WebApplicationException> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpProblemMapper.class);

  private static final Map<ProblemCode, String> DETAILS =
      Map.of(
          ProblemCode.BAD_REQUEST, "The request could not be read.",
          ProblemCode.NOT_FOUND, "No resource has this path.",
          ProblemCode.METHOD_NOT_ALLOWED, "See the Allow header for what this path accepts.",
          ProblemCode.NOT_ACCEPTABLE, "This path answers with no type that the request accepts.",
          ProblemCode.UNSUPPORTED_MEDIA_TYPE, "This path takes application/json only.");

  @Override
  public Response toResponse(WebApplicationException thrown) {
    if (thrown instanceof ParamException param
        && !(thrown instanceof ParamException.PathParamException)) {
      return ProblemMapper.responseOf(
              ProblemException.invalid(param.getParameterName(), "has the wrong form"))
          .build();
    }
    ProblemCode code = ProblemCode.ofHttpStatus(thrown.getResponse().getStatus());
    if (code == ProblemCode.INTERNAL_ERROR) {
      LOG.error("Request failed", thrown);
    }
    Response.ResponseBuilder response =
        ProblemMapper.responseOf(
            ProblemException.of(code, DETAILS.getOrDefault(code, code.advice())));
    String allow = thrown.getResponse().getHeaderString(HttpHeaders.ALLOW);
    return allow == null ? response.build() : response.header(HttpHeaders.ALLOW, allow).build();
  }
}
