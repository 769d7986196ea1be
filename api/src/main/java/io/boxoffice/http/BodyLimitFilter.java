package io.boxoffice.http;

import io.boxoffice.error.ProblemCode;
import io.boxoffice.error.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Refuses bodies over 64 KiB as they come out of decompression; {@link WholeBodyHandler} has
 * refused those that were larger on their way here.
 */
public final class BodyLimitFilter implements ContainerRequestFilter {
  static final int LIMIT_BYTES = 64 * 1024;

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    byte[] body = request.getEntityStream().readNBytes(LIMIT_BYTES + 1);
    if (body.length > LIMIT_BYTES) {
      throw ProblemException.of(
          ProblemCode.PAYLOAD_TOO_LARGE,
          "A body may have %d bytes when it is decompressed.".formatted(LIMIT_BYTES));
    }
    request.setEntityStream(new ByteArrayInputStream(body));
  }
}
