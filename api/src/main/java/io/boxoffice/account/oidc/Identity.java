package io.boxoffice.account.oidc;

import io.boxoffice.account.store.IdentityRow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Represents a way to sign in by an identity provider, for its owner.
 *
 * @param issuer names the provider
 * @param subject names the person at the provider
 * @param linkedAt since when it signs in to the account
 */
@Schema(requiredProperties = {"id", "issuer", "subject", "linkedAt"})
public record Identity(UUID id, String issuer, String subject, Instant linkedAt) {

  static Identity of(IdentityRow row) {
    return new Identity(row.id(), row.issuer(), row.subject(), row.createdAt());
  }
}
