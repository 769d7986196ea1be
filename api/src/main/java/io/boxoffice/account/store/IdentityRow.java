package io.boxoffice.account.store;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds a row of {@code identities}: a person at an identity provider who may sign in to an
 * account.
 *
 * @param issuer the provider's {@code iss}
 * @param subject the provider's {@code sub}, which is unique at the issuer and never assigned again
 */
public record IdentityRow(
    UUID id, UUID accountId, String issuer, String subject, Instant createdAt) {}
