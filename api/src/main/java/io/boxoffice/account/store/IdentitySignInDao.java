package io.boxoffice.account.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of sign-ins by OpenID Connect that have not ended. */
@RegisterConstructorMapper(IdentitySignInRow.class)
public interface IdentitySignInDao {

  /** Inserts a sign-in. */
  @SqlUpdate(
      """
      INSERT INTO identity_sign_ins
        (id, state, nonce, code_challenge, redirect_uri, created_at, expires_at)
      VALUES (:id, :state, :nonce, :codeChallenge, :redirectUri, :createdAt, :expiresAt)
      """)
  void insert(@BindMethods IdentitySignInRow signIn);

  /**
   * Deletes a sign-in and returns it, so that it is used once. A request with a wrong value deletes
   * nothing.
   */
  @SqlQuery(
      """
      DELETE FROM identity_sign_ins
      WHERE id = :id AND state = :state AND code_challenge = :codeChallenge AND expires_at > :now
      RETURNING identity_sign_ins.*
      """)
  Optional<IdentitySignInRow> take(UUID id, String state, String codeChallenge, Instant now);

  /** Deletes the sign-ins that have expired. */
  @SqlUpdate("DELETE FROM identity_sign_ins WHERE expires_at <= :now")
  int deleteExpired(Instant now);
}
