package io.boxoffice.platform.auth;

import java.util.UUID;

/**
 * Stands for a caller with the token of the gates' devices. All of them share one token, so there
 * is one principal, and it has no account.
 */
public record GateDevice() implements Caller {
  /**
   * The role that {@code @RolesAllowed} names on the calls that a gate's device or an operator may
   * make.
   */
  public static final String ROLE = "gate";

  @Override
  public String getName() {
    return ROLE;
  }

  @Override
  public UUID accountId() {
    return null;
  }

  @Override
  public boolean hasRole(String role) {
    return role.equals(ROLE);
  }
}
