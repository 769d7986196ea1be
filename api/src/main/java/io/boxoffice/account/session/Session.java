package io.boxoffice.account.session;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Represents a session for its owner.
 *
 * @param createdAt when the person signed in
 * @param refreshedAt when its tokens were replaced last
 * @param expiresAt when it cannot be refreshed any more
 * @param current whether it is the session of this request
 */
@Schema(requiredProperties = {"id", "createdAt", "refreshedAt", "expiresAt", "current"})
public record Session(
    UUID id, Instant createdAt, Instant refreshedAt, Instant expiresAt, boolean current) {}
