package io.boxoffice.account.store;

/** Says what an account may do. An operator may do all that a buyer may. */
public enum Role {
  BUYER,
  OPERATOR
}
