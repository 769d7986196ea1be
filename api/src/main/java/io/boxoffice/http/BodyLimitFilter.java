package io.boxoffice.http;

import io.boxoffice.error.ProblemCode;
import io.boxoffice.error.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Refuses bodies that grow too large as they come out of decompression; {@link WholeBodyHandler}
 * has refused those that were larger on their way here.
 */
public final class BodyLimitFilter implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    if (request.getLength() >= 0) {
      return; // A body that was decompressed has no known length any more.
    }
    int limit = BodyLimits.of("/" + request.getUriInfo().getPath());
    byte[] body = request.getEntityStream().readNBytes(limit + 1);
    if (body.length > limit) {
      throw ProblemException.of(
          ProblemCode.PAYLOAD_TOO_LARGE,
          "A body may have %d bytes when it is decompressed.".formatted(limit));
    }
    request.setEntityStream(new ByteArrayInputStream(body));
  }
}
