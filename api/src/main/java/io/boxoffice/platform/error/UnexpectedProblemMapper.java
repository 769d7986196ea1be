package io.boxoffice.platform.error;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns any unexpected exception into a 500, with the cause in the log only. */
public final class UnexpectedProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedProblemMapper.class);

  @Override
  public Response toResponse(Throwable thrown) {
    LOG.error("Request failed", thrown);
    return ProblemMapper.responseOf(
            ProblemException.of(
                ProblemCode.INTERNAL_ERROR, "The log has the cause, under this requestId."))
        .build();
  }
}
