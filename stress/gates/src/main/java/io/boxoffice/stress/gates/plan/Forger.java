package io.boxoffice.stress.gates.plan;

import io.boxoffice.gate.code.format.TicketCode;
import java.util.SplittableRandom;

/** Makes texts that look like ticket codes and are none. */
final class Forger {
  private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

  /** Where the signature begins: after the prefix and 34 bytes, three characters for two bytes. */
  private static final int SIGNATURE = TicketCode.PREFIX.length() + 51;

  private final SplittableRandom random;

  Forger(SplittableRandom random) {
    this.random = random;
  }

  /** Changes a genuine code: another signature, another ticket, too short, or another text. */
  String forge(String code) {
    return switch (random.nextInt(4)) {
      case 0 -> changed(code, SIGNATURE + random.nextInt(code.length() - SIGNATURE));
      case 1 -> changed(code, TicketCode.PREFIX.length() + 3 + random.nextInt(20));
      case 2 -> code.substring(0, 1 + random.nextInt(code.length() - 1));
      default -> "https://example.com/ticket/" + random.nextInt(1_000_000);
    };
  }

  private String changed(String code, int at) {
    int digit = DIGITS.indexOf(code.charAt(at));
    char other = DIGITS.charAt((digit + 1 + random.nextInt(DIGITS.length() - 1)) % DIGITS.length());
    return code.substring(0, at) + other + code.substring(at + 1);
  }
}
