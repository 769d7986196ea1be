package io.boxoffice.process.broken;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Builds a request in parts. It starts as a valid request, and a test changes its parts. */
final class Message {
  /** How the request marks the end of its body. */
  enum Framing {
    COUNTED,
    CHUNKED
  }

  private static final int CHUNK = 997;

  String method;
  String target;
  String version = "HTTP/1.1";
  String body = "";
  Framing framing = Framing.COUNTED;
  private final List<String[]> fields = new ArrayList<>();

  Message(String method, String target) {
    this.method = method;
    this.target = target;
    add("Host", "localhost");
  }

  void add(String name, String value) {
    fields.add(new String[] {name, value});
  }

  void set(String name, String value) {
    remove(name);
    add(name, value);
  }

  void remove(String name) {
    fields.removeIf(field -> field[0].equalsIgnoreCase(name));
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /** Returns whether the request asks the server to close the connection after the response. */
  boolean asksToClose() {
    return fields.stream()
        .anyMatch(
            field ->
                field[0].equalsIgnoreCase("Connection")
                    && field[1].toLowerCase(Locale.ROOT).contains("close"));
  }

  /** Returns the request line and the fields, without the fields that frame the body. */
  String openHead() {
    StringBuilder head = new StringBuilder(method + " " + target + " " + version + "\r\n");
    fields.forEach(field -> head.append(field[0]).append(": ").append(field[1]).append("\r\n"));
    return head.toString();
  }

  /** Returns everything before the body. */
  String head() {
    if (framing == Framing.CHUNKED) {
      return openHead() + "Transfer-Encoding: chunked\r\n\r\n";
    }
    boolean isPlain = body.isEmpty() && !method.startsWith("P");
    return openHead() + (isPlain ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n";
  }

  /** Returns the body with its framing. */
  String framedBody() {
    if (framing == Framing.COUNTED) {
      return body;
    }
    StringBuilder chunks = new StringBuilder();
    for (int from = 0; from < body.length(); from += CHUNK) {
      String chunk = body.substring(from, Math.min(body.length(), from + CHUNK));
      chunks.append(Integer.toHexString(chunk.length())).append("\r\n").append(chunk);
      chunks.append("\r\n");
    }
    return chunks + "0\r\n\r\n";
  }
}
