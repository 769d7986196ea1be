package io.boxoffice.stress.bench.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads as little of an HTTP/1.1 response as a generator needs: its status, and where it ends. It
 * counts the body and does not keep it.
 */
public final class ResponseReader {
  /** The size of the buffer of each connection. */
  private static final int HEAD_LIMIT = 4 * 1024;

  private static final byte[] CONTENT_LENGTH =
      "content-length:".getBytes(StandardCharsets.US_ASCII);

  private final byte[] head = new byte[HEAD_LIMIT];
  private int headLength;
  private long bodyMissing;
  private boolean inBody;
  private int status;

  /**
   * Reads the bytes that have arrived.
   *
   * @return whether the response is complete; the next call begins the next one
   * @throws MalformedResponseException when the response is not valid HTTP
   */
  public boolean feed(ByteBuffer arrived) {
    if (!inBody && !readHead(arrived)) {
      return false;
    }
    int skipped = (int) Math.min(bodyMissing, arrived.remaining());
    arrived.position(arrived.position() + skipped);
    bodyMissing -= skipped;
    if (bodyMissing > 0) {
      return false;
    }
    inBody = false;
    headLength = 0;
    return true;
  }

  /** The status of the response that was completed last. */
  public int status() {
    return status;
  }

  private boolean readHead(ByteBuffer arrived) {
    int begin = headLength;
    int taken = Math.min(arrived.remaining(), HEAD_LIMIT - headLength);
    int position = arrived.position();
    arrived.get(head, headLength, taken);
    headLength += taken;
    int end = endOfHead(Math.max(0, begin - 3));
    if (end < 0) {
      if (headLength == HEAD_LIMIT) {
        throw new MalformedResponseException("headers of more than " + HEAD_LIMIT + " bytes");
      }
      return false;
    }
    // The bytes after the head belong to the body.
    arrived.position(position + end - begin);
    headLength = end;
    status = readStatus();
    bodyMissing = readLength();
    inBody = true;
    return true;
  }

  private int endOfHead(int from) {
    for (int index = from; index + 3 < headLength; index++) {
      if (head[index] == '\r'
          && head[index + 1] == '\n'
          && head[index + 2] == '\r'
          && head[index + 3] == '\n') {
        return index + 4;
      }
    }
    return -1;
  }

  private int readStatus() {
    if (headLength < 12 || head[0] != 'H' || head[8] != ' ') {
      throw new MalformedResponseException("no status line");
    }
    return (int) number(9, 12);
  }

  private long readLength() {
    int line = 0;
    while (line < headLength) {
      int end = line;
      while (head[end] != '\r') {
        end++;
      }
      if (isLength(line, end)) {
        int digits = line + CONTENT_LENGTH.length;
        while (head[digits] == ' ') {
          digits++;
        }
        return number(digits, end);
      }
      line = end + 2;
    }
    throw new MalformedResponseException("status " + status + " without Content-Length");
  }

  private boolean isLength(int from, int to) {
    if (to - from <= CONTENT_LENGTH.length) {
      return false;
    }
    for (int index = 0; index < CONTENT_LENGTH.length; index++) {
      if (Character.toLowerCase((char) head[from + index]) != CONTENT_LENGTH[index]) {
        return false;
      }
    }
    return true;
  }

  private long number(int from, int to) {
    long number = 0;
    for (int index = from; index < to; index++) {
      int digit = head[index] - '0';
      if (digit < 0 || digit > 9 || number > Integer.MAX_VALUE) {
        throw new MalformedResponseException("an invalid number");
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** The process at that address answered with something else than valid HTTP. */
  public static final class MalformedResponseException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    MalformedResponseException(String what) {
      super("The response has " + what);
    }
  }
}
