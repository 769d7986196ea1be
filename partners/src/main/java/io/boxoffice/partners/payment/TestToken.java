package io.boxoffice.partners.payment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The tokens that the partner knows. Each names what happens, so that a test can choose it. */
enum TestToken {
  TOK_OK,
  TOK_DECLINED("card-declined"),
  TOK_INSUFFICIENT("insufficient-funds"),
  TOK_LOST,
  TOK_SLOW,
  TOK_LATE;

  private final String declineReason;

  TestToken() {
    this(null);
  }

  TestToken(String declineReason) {
    this.declineReason = declineReason;
  }

  /** Why a charge with this token is declined; null if it is not. */
  String declineReason() {
    return declineReason;
  }

  /** Finds a token by its text. */
  static Optional<TestToken> of(String text) {
    return Arrays.stream(values())
        .filter(token -> token.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }
}
