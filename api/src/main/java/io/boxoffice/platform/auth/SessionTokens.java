package io.boxoffice.platform.auth;

import java.util.Optional;

/** Checks the access tokens of sessions, for the platform, which knows no accounts. */
@FunctionalInterface
public interface SessionTokens {

  /** Returns the person who signed in, or empty if the token is not valid now. */
  Optional<SignedIn> verify(String token);
}
