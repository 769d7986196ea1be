package io.boxoffice.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Holds a response as received, without an HTTP client in between.
 *
 * @param headers lines such as {@code Allow: GET}
 * @param body the body, one character for each byte
 */
public record RawReply(int status, List<String> headers, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static RawReply parse(String text) {
    String[] parts = text.split("\r\n\r\n", 2);
    List<String> lines = Arrays.asList(parts[0].split("\r\n"));
    if (!lines.get(0).startsWith("HTTP/1.1 ")) {
      throw new AssertionError("no response: '" + text + "'");
    }
    return new RawReply(
        Integer.parseInt(lines.get(0).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length())),
        lines.subList(1, lines.size()),
        parts[1]);
  }

  /** Returns a header, or null when it is missing. */
  public String header(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ": ";
    return headers.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .findFirst()
        .orElse(null);
  }

  /** Returns the body as JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(body.getBytes(StandardCharsets.ISO_8859_1));
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(body, notJson);
    } catch (java.io.IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  /** Returns the problem's code, or the empty string when it is missing. */
  public String code() {
    return body.startsWith("{") ? json().path("code").asText() : "";
  }
}
