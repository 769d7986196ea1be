package io.boxoffice.account.store;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds a row of {@code accounts}.
 *
 * @param email where mails go
 * @param emailKey the address in the form that is compared
 * @param name null if the person gave none
 * @param passwordHash null if the account signs in by an identity only
 */
public record AccountRow(
    UUID id,
    String email,
    String emailKey,
    String name,
    Role role,
    String passwordHash,
    Instant createdAt) {}
