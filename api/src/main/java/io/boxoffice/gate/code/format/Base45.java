package io.boxoffice.gate.code.format;

import java.util.Arrays;
import java.util.Optional;

/** Writes bytes as text of the 45 characters that a QR code stores in 5.5 bits each (RFC 9285). */
public final class Base45 {
  private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  private static final int BASE = 45;
  private static final int[] DIGITS = digits();

  private Base45() {}

  private static int[] digits() {
    int[] digits = new int[128];
    Arrays.fill(digits, -1);
    for (int i = 0; i < BASE; i++) {
      digits[ALPHABET.charAt(i)] = i;
    }
    return digits;
  }

  /** Returns three characters for each two bytes, and two for a last single byte. */
  public static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder((bytes.length + 1) / 2 * 3);
    for (int i = 0; i < bytes.length; i += 2) {
      boolean pair = i + 1 < bytes.length;
      int value = pair ? (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff) : bytes[i] & 0xff;
      text.append(ALPHABET.charAt(value % BASE)).append(ALPHABET.charAt(value / BASE % BASE));
      if (pair) {
        text.append(ALPHABET.charAt(value / (BASE * BASE)));
      }
    }
    return text.toString();
  }

  /** Returns the bytes of a text; empty when no bytes have this text. */
  public static Optional<byte[]> decode(String text) {
    int last = text.length() % 3;
    if (last == 1) {
      return Optional.empty();
    }
    byte[] bytes = new byte[text.length() / 3 * 2 + last / 2];
    int at = 0;
    for (int i = 0; i < text.length(); i += 3) {
      boolean pair = i + 2 < text.length();
      int value = value(text, i, pair ? 3 : 2);
      if (value < 0 || value > (pair ? 0xffff : 0xff)) {
        return Optional.empty();
      }
      if (pair) {
        bytes[at++] = (byte) (value >> 8);
      }
      bytes[at++] = (byte) value;
    }
    return Optional.of(bytes);
  }

  /** Returns the value of some characters, the first of which counts least; -1 if one is none. */
  private static int value(String text, int start, int length) {
    int value = 0;
    for (int i = start + length - 1; i >= start; i--) {
      char character = text.charAt(i);
      int digit = character < DIGITS.length ? DIGITS[character] : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * BASE + digit;
    }
    return value;
  }
}
