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

  /**
   * So much more is read and thrown away before the answer, because a connection closed with bytes
   * unread is reset, and its client would never see the 413.
   */
  private static final int DRAINED_BYTES = 4 * 1024 * 1024;

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    InputStream body = request.getEntityStream();
    boolean announcedTooLong = request.getLength() > LIMIT_BYTES;
    if (announcedTooLong && request.getHeaderString(HttpHeaders.EXPECT) != null) {
      throw tooLarge();
    }
    byte[] start = body.readNBytes(LIMIT_BYTES + 1);
    if (announcedTooLong || start.length > LIMIT_BYTES) {
      drain(body);
      throw tooLarge();
    }
    request.setEntityStream(new ByteArrayInputStream(start));
  }

  private static void drain(InputStream body) throws IOException {
    byte[] chunk = new byte[8192];
    for (int left = DRAINED_BYTES, read; left > 0 && (read = body.read(chunk)) >= 0; ) {
      left -= read;
    }
  }

  private static ProblemException tooLarge() {
    return ProblemException.of(
        ProblemCode.PAYLOAD_TOO_LARGE, "A body may have %d bytes.".formatted(LIMIT_BYTES));
  }
}
