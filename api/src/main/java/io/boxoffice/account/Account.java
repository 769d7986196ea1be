package io.boxoffice.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Represents an account for its owner and for operators.
 *
 * @param name absent if the person gave none
 */
@Schema(requiredProperties = {"id", "email", "role", "createdAt"})
public record Account(
    UUID id,
    String email,
    @JsonInclude(JsonInclude.Include.NON_NULL) String name,
    Role role,
    Instant createdAt) {

  static Account of(AccountRow row) {
    return new Account(row.id(), row.email(), row.name(), row.role(), row.createdAt());
  }
}
