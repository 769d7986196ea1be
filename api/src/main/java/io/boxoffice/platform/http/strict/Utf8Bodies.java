package io.boxoffice.platform.http.strict;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Passes only UTF-8 to the JSON parser, as RFC 8259, 8.1 requires. The parser itself also accepts
 * UTF-16, UTF-32 and overlong forms, and reports broken ones as other errors than JSON errors. A
 * byte order mark at the start, which some clients send, is ignored.
 */
public final class Utf8Bodies implements ReaderInterceptor {
  private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    byte[] body = context.getInputStream().readAllBytes();
    try {
      // A decoder reports invalid bytes; the constructor of String would replace them.
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException notUtf8) {
      throw ProblemException.of(ProblemCode.MALFORMED_JSON, "The body is not UTF-8.");
    }
    int begin = startsWithByteOrderMark(body) ? BYTE_ORDER_MARK.length : 0;
    context.setInputStream(new ByteArrayInputStream(body, begin, body.length - begin));
    return context.proceed();
  }

  private static boolean startsWithByteOrderMark(byte[] body) {
    if (body.length < BYTE_ORDER_MARK.length) {
      return false;
    }
    for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
      if ((body[i] & 0xff) != BYTE_ORDER_MARK[i]) {
        return false;
      }
    }
    return true;
  }
}
