package io.boxoffice.account;

import io.boxoffice.account.store.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** Holds an operator's change of an account. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record RoleChange(@NotNull Role role) {}
