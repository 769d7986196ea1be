package io.boxoffice.platform.auth;

import java.util.UUID;

/**
 * Stands for a caller that {@link OperatorAccess} has accepted. All of them share one token, so
 * there is one principal, and it has no account.
 */
public record Operator() implements Caller {
  /** The role that {@code @RolesAllowed} names on the calls that only an operator may make. */
  public static final String ROLE = "operator";

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
    return role.equals(ROLE) || role.equals(GateDevice.ROLE);
  }
}
