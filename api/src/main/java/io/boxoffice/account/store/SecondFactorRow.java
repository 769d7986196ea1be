package io.boxoffice.account.store;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds a row of {@code second_factors}.
 *
 * @param secret the key of the codes, in Base32
 * @param confirmedAt null while no code has confirmed it, and sign-in needs none
 * @param lastStep the time step of the last code that was accepted
 */
public record SecondFactorRow(UUID accountId, String secret, Instant confirmedAt, long lastStep) {

  /** Whether sign-in needs a code. */
  public boolean isActive() {
    return confirmedAt != null;
  }
}
