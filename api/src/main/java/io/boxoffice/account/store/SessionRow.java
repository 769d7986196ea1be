package io.boxoffice.account.store;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds a row of {@code sessions}.
 *
 * @param accountId null after the account is deleted
 * @param secret the key of the refresh tokens' HMAC, in base64url
 * @param generation how often the refresh token was replaced
 * @param rotatedAt when it was replaced last
 * @param createdAt when the person signed in
 * @param revokedAt null while the session may be used
 */
public record SessionRow(
    UUID id,
    UUID accountId,
    String secret,
    int generation,
    Instant rotatedAt,
    Instant createdAt,
    Instant expiresAt,
    Instant revokedAt) {}
