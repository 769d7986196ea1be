package io.boxoffice.account.store;

import java.time.Instant;

/**
 * Holds a row of {@code account_codes}.
 *
 * @param hash the SHA-256 of the code, in hexadecimal digits
 * @param email the address that the code was sent to
 */
public record CodeRow(
    String hash, Purpose purpose, String email, String emailKey, Instant expiresAt) {

  /** What a code allows its holder to do. */
  public enum Purpose {
    VERIFICATION,
    PASSWORD_RESET
  }
}
