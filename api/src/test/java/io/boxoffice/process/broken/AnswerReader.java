package io.boxoffice.process.broken;

import io.boxoffice.process.broken.Answer.Field;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads responses from a connection and rejects every one that violates RFC 9112. */
final class AnswerReader {
  private static final Pattern STATUS_LINE =
      Pattern.compile("(HTTP/1\\.[01]) ([1-5][0-9]{2}) [\\t -~\\u0080-\\u00ff]*");
  private static final Pattern FIELD =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\t -~\\u0080-\\u00ff]*?)[ \\t]*");
  private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9A-Fa-f]{1,7}");
  private static final int LONGEST_LINE = 16 * 1024;

  private final InputStream in;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads one response.
   *
   * @param head whether it is the response to HEAD, which has no body, whatever its fields say
   * @return null when the connection ended before the first byte
   * @throws UnsoundAnswerException when the response is invalid
   */
  Answer read(boolean head) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    Matcher status = match(STATUS_LINE, line(first), "status line");
    List<Field> fields = fields();
    int code = Integer.parseInt(status.group(2));
    boolean close =
        status.group(1).equals("HTTP/1.0")
            ? Answer.values(fields, "Connection").stream().noneMatch("keep-alive"::equals)
            : Answer.values(fields, "Connection").stream().anyMatch(v -> v.contains("close"));
    List<String> lengths = Answer.values(fields, "Content-Length");
    List<String> codings = Answer.values(fields, "Transfer-Encoding");
    String body = "";
    if (code < 200 || code == 204) {
      expect(lengths.isEmpty() && codings.isEmpty(), code + " with the framing of a body");
    } else if (head || code == 304) {
      expect(codings.isEmpty() || lengths.isEmpty(), "Content-Length and Transfer-Encoding");
      close |= head && code >= 400 && skipBody(lengths);
    } else if (!codings.isEmpty()) {
      expect(lengths.isEmpty(), "Content-Length and Transfer-Encoding");
      expect(codings.equals(List.of("chunked")), "Transfer-Encoding " + codings);
      body = chunks();
    } else if (!lengths.isEmpty()) {
      expect(lengths.size() == 1 && lengths.get(0).matches("[0-9]{1,9}"), "lengths " + lengths);
      body = exactly(Integer.parseInt(lengths.get(0)));
    } else {
      body = Latin.of(in.readAllBytes());
      close = true;
    }
    return new Answer(status.group(1), code, fields, body, close);
  }

  /**
   * Skips the body of an error response to HEAD. A server that could not read the request's head
   * does not know that the method was HEAD. The connection must end after such a body.
   */
  private boolean skipBody(List<String> lengths) throws IOException {
    in.mark(1);
    boolean hasBody = in.available() > 0 && in.read() == '{';
    in.reset();
    if (hasBody) {
      exactly(Integer.parseInt(lengths.get(0)));
    }
    return hasBody;
  }

  private List<Field> fields() throws IOException {
    List<Field> fields = new ArrayList<>();
    for (String line = line(in.read()); !line.isEmpty(); line = line(in.read())) {
      Matcher field = match(FIELD, line, "field");
      fields.add(new Field(field.group(1), field.group(2)));
    }
    return fields;
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      String size = match(CHUNK_SIZE, line(in.read()), "chunk size").group();
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        fields();
        return body.toString();
      }
      body.append(exactly(length));
      expect(line(in.read()).isEmpty(), "a chunk longer than its size");
    }
  }

  private String exactly(int length) throws IOException {
    String bytes = Latin.of(in.readNBytes(length));
    expect(bytes.length() == length, "a body that ends before its length");
    return bytes;
  }

  /** Reads the rest of a line that starts with the given byte. Returns it without its CRLF. */
  private String line(int first) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = first; next != '\r'; next = in.read()) {
      expect(next >= 0, "an answer that ends within a line");
      expect(next != '\n' && line.length() < LONGEST_LINE, "a line without CRLF");
      line.append((char) next);
    }
    expect(in.read() == '\n', "CR without LF");
    return line.toString();
  }

  private static Matcher match(Pattern pattern, String text, String what) {
    Matcher matcher = pattern.matcher(text);
    expect(matcher.matches(), what + " " + Latin.escaped(text));
    return matcher;
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new UnsoundAnswerException("unsound answer: " + otherwise);
    }
  }
}
