package io.boxoffice.platform.auth;

import java.security.Principal;
import java.util.Optional;
import java.util.UUID;

/** Stands for the caller of a request that named itself, in one of the accepted ways. */
public sealed interface Caller extends Principal permits Operator, GateDevice, SignedIn {

  /** Whether the caller may make the calls that {@code @RolesAllowed} marks with this role. */
  boolean hasRole(String role);

  /** Returns the id of the caller's account, or null if it has none. */
  UUID accountId();

  /**
   * Whether a caller may use what may belong to an account, such as a purchase. Without an account
   * its id alone gives access.
   *
   * @param caller empty if the request names none
   * @param owner the account, or null
   */
  static boolean mayUse(Optional<Caller> caller, UUID owner) {
    return owner == null
        || caller
            .filter(named -> owner.equals(named.accountId()) || named.hasRole(Operator.ROLE))
            .isPresent();
  }
}
