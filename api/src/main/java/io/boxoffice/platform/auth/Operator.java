package io.boxoffice.platform.auth;

import java.security.Principal;

/**
 * Stands for the caller that {@link OperatorAccess} has accepted. All operators share one token, so
 * there is one principal.
 */
public record Operator() implements Principal {
  /** The role that {@code @RolesAllowed} names on the calls that only an operator may make. */
  public static final String ROLE = "operator";

  @Override
  public String getName() {
    return ROLE;
  }
}
