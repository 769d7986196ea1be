package io.boxoffice.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a connection of HTTP/1.1 into whole requests and whole answers. */
final class HttpProtocol implements Protocol {
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");
  private static final String CHUNKED = "\r\ntransfer-encoding: chunked\r\n";

  /**
   * Holds a message.
   *
   * @param bytes as received
   * @param head the first line and the headers
   * @param body without the framing of chunks
   */
  record Message(ByteBuffer bytes, String head, ByteBuffer body) {
    /** The first line. */
    String firstLine() {
      return head.substring(0, head.indexOf('\r'));
    }
  }

  @Override
  public Frame nextRequest(InputStream in) throws IOException {
    return frame(read(in, false));
  }

  @Override
  public Frame nextAnswer(InputStream in) throws IOException {
    return frame(read(in, true));
  }

  private static Frame frame(Message message) {
    return message == null ? null : new Frame(message.bytes(), message.firstLine(), true);
  }

  /**
   * Reads one message.
   *
   * @param answer whether a message without a length ends with the connection
   * @return null if the connection ends before it is complete
   */
  static Message read(InputStream in, boolean answer) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    String head = head(in, all);
    if (head == null) {
      return null;
    }
    String lower = head.toLowerCase(Locale.ROOT);
    Matcher length = LENGTH.matcher(lower);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean complete = true;
    if (lower.contains(CHUNKED)) {
      complete = readChunks(in, all, body);
    } else if (length.find()) {
      complete = copy(in, Integer.parseInt(length.group(1)), all, body);
    } else if (answer && !head.matches("(?s)HTTP/1.1 (204|304) .*")) {
      body.write(in.readAllBytes());
      all.write(body.toByteArray());
    }
    return complete
        ? new Message(ByteBuffer.wrap(all.toByteArray()), head, ByteBuffer.wrap(body.toByteArray()))
        : null;
  }

  private static String head(InputStream in, ByteArrayOutputStream all) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      all.write(next);
      head.append((char) next);
    }
    return head.toString();
  }

  private static boolean readChunks(
      InputStream in, ByteArrayOutputStream all, ByteArrayOutputStream body) throws IOException {
    while (true) {
      String line = line(in, all);
      if (line == null) {
        return false;
      }
      int size = Integer.parseInt(line.replaceFirst(";.*$", "").strip(), 16);
      if (!copy(in, size, all, body) || line(in, all) == null) {
        return false;
      }
      if (size == 0) {
        return true;
      }
    }
  }

  private static String line(InputStream in, ByteArrayOutputStream all) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      all.write(next);
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1);
      }
      line.write(next);
    }
    return null;
  }

  private static boolean copy(
      InputStream in, int length, ByteArrayOutputStream all, ByteArrayOutputStream body)
      throws IOException {
    byte[] bytes = in.readNBytes(length);
    all.write(bytes);
    body.write(bytes);
    return bytes.length == length;
  }
}
