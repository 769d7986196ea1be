package io.boxoffice.platform.http.server;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Removes the content coding of a body (RFC 9110, 8.4). It uses the JDK's gzip, which verifies the
 * checksum and the length at the end (RFC 1952, 2.3.1).
 */
final class ContentCoding {
  /** The accepted coding, for the Accept-Encoding header of a rejection (RFC 9110, 12.5.3). */
  static final String ACCEPTED = "gzip";

  private ContentCoding() {}

  /**
   * Decodes a body as its headers say.
   *
   * @param most the limit for the decoded body, in bytes
   * @throws ProblemException 415 for a coding that is not gzip, 400 for bytes that are not gzip,
   *     413 for too many bytes
   */
  static byte[] decode(HttpFields headers, byte[] body, int most) {
    if (!headers.contains(HttpHeader.CONTENT_ENCODING)) {
      return body;
    }
    List<String> codings =
        headers.getCSV(HttpHeader.CONTENT_ENCODING, true).stream()
            .map(coding -> coding.toLowerCase(Locale.ROOT))
            .filter(coding -> !coding.equals("identity") && !coding.isEmpty())
            .toList();
    if (codings.isEmpty()) {
      return body;
    }
    // RFC 9110, 8.4.1.3: x-gzip is another name for gzip.
    if (codings.equals(List.of("gzip")) || codings.equals(List.of("x-gzip"))) {
      return gunzip(body, most);
    }
    throw ProblemException.of(
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        "The Content-Encoding of a body must be gzip, or absent.");
  }

  private static byte[] gunzip(byte[] body, int most) {
    byte[] decoded;
    try (Gzip gzip = new Gzip(body)) {
      decoded = gzip.readNBytes(most + 1);
      if (decoded.length <= most && !gzip.isAtEnd()) {
        throw new IOException("bytes follow the compressed body");
      }
    } catch (IOException notGzip) {
      throw ProblemException.of(
          ProblemCode.BAD_REQUEST,
          "The body is not in the gzip format that its Content-Encoding announces.");
    }
    if (decoded.length > most) {
      throw ProblemException.of(
          ProblemCode.PAYLOAD_TOO_LARGE,
          "A body may have %d bytes when it is decompressed.".formatted(most));
    }
    return decoded;
  }

  /** Detects bytes after the last member, which the JDK's decoder ignores. */
  private static final class Gzip extends GZIPInputStream {
    private static final int TRAILER_BYTES = 8;

    Gzip(byte[] body) throws IOException {
      // The buffer holds the whole body, so the remaining bytes can be counted.
      super(new ByteArrayInputStream(body), Math.max(1, body.length));
    }

    boolean isAtEnd() {
      return inf.getRemaining() == TRAILER_BYTES;
    }
  }
}
