package io.boxoffice.platform.auth;

import java.util.UUID;

/**
 * Stands for a person who signed in to an account.
 *
 * @param account the id of the account
 * @param session the id of the session that the access token belongs to
 * @param operator whether the account has the role operator
 */
public record SignedIn(UUID account, UUID session, boolean operator) implements Caller {
  /** The role that {@code @RolesAllowed} names on the calls that need an account. */
  public static final String ROLE = "buyer";

  @Override
  public String getName() {
    return account.toString();
  }

  @Override
  public UUID accountId() {
    return account;
  }

  @Override
  public boolean hasRole(String role) {
    return role.equals(ROLE)
        || (operator && (role.equals(Operator.ROLE) || role.equals(GateDevice.ROLE)));
  }
}
