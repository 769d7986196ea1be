package io.boxoffice.account.store;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds a row of {@code address_changes}: the address that an account wants to have.
 *
 * @param hash of the code that the new address got, as {@link OneTimeCode#hash}
 * @param email the new address
 * @param emailKey the new address in the form that is compared
 */
public record AddressChangeRow(
    UUID accountId, String hash, String email, String emailKey, Instant expiresAt) {}
