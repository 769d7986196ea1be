package io.boxoffice.http;

import io.boxoffice.error.ProblemCode;
import io.boxoffice.error.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses bodies over 64 KiB, whether their length was announced or not, before anything parses
 * them. Counts after decompression, so a small body cannot grow large either.
 */
public final class BodyLimitFilter implements ContainerRequestFilter {
  private static final int LIMIT_BYTES = 64 * 1024;

  /** A simulation's setting may be longer; only operators get as far as sending one. */
  private static final int SETTING_LIMIT_BYTES = 2 * 1024 * 1024;

  private static final String SETTING_PATH = "v1/simulation";

  /**
   * So much more is read and thrown away before the answer, because a connection closed with bytes
   * unread is reset, and its client would never see the 413.
   */
  private static final int DRAINED_BYTES = 4 * 1024 * 1024;

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    InputStream body = request.getEntityStream();
    int limit =
        request.getUriInfo().getPath().startsWith(SETTING_PATH) ? SETTING_LIMIT_BYTES : LIMIT_BYTES;
    boolean announcedTooLong = request.getLength() > limit;
    if (announcedTooLong && request.getHeaderString(HttpHeaders.EXPECT) != null) {
      throw tooLarge(limit);
    }
    byte[] start = body.readNBytes(limit + 1);
    if (announcedTooLong || start.length > limit) {
      drain(body);
      throw tooLarge(limit);
    }
    request.setEntityStream(new ByteArrayInputStream(start));
  }

  private static void drain(InputStream body) throws IOException {
    byte[] chunk = new byte[8192];
    for (int left = DRAINED_BYTES, read; left > 0 && (read = body.read(chunk)) >= 0; ) {
      left -= read;
    }
  }

  private static ProblemException tooLarge(int limit) {
    return ProblemException.of(
        ProblemCode.PAYLOAD_TOO_LARGE, "A body may have %d bytes.".formatted(limit));
  }
}
