package io.boxoffice.process.broken;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Converts bytes to characters of ISO-8859-1 and back, so that a string can hold any request. */
final class Latin {
  private Latin() {}

  static String of(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns the bytes of a text in another charset. */
  static String in(String charset, String text) {
    return of(text.getBytes(Charset.forName(charset)));
  }

  static String gzip(String latin) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes(latin));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return of(compressed.toByteArray());
  }

  /** Returns the text from which bash's printf prints the bytes, for a pipe to nc. */
  static String escaped(String latin) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < latin.length(); i++) {
      char c = latin.charAt(i);
      switch (c) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '\\' -> text.append("\\\\");
        case '%' -> text.append("%%");
        default -> {
          if (c >= ' ' && c < 127 && c != '\'') {
            text.append(c);
          } else {
            text.append("\\x%02x".formatted((int) c));
          }
        }
      }
    }
    return text.toString();
  }
}
