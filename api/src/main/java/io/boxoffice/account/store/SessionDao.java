package io.boxoffice.account.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Holds the SQL of sessions. The time of a revocation is the database's, so that all replicas agree
 * about which revocations are new.
 */
@RegisterConstructorMapper(SessionRow.class)
public interface SessionDao {

  /**
   * Inserts a session, if the account still has the password that was checked. The lock makes a
   * change of the password wait, so that it also ends this session.
   *
   * @param passwordHash null for an account without a password
   * @return 1, or 0 if the password was changed or the account deleted meanwhile
   */
  @SqlUpdate(
      """
      INSERT INTO sessions (id, account_id, secret, generation, rotated_at, created_at, expires_at)
      SELECT :id, accounts.id, :secret, :generation, :rotatedAt, :createdAt, :expiresAt
      FROM accounts
      WHERE id = :accountId AND password_hash IS NOT DISTINCT FROM :passwordHash FOR SHARE
      """)
  int insert(@BindMethods SessionRow session, String passwordHash);

  /** Reads one session. */
  @SqlQuery("SELECT * FROM sessions WHERE id = :id")
  Optional<SessionRow> find(UUID id);

  /** Reads the sessions of an account that may be used, in the order of their ids. */
  @SqlQuery(
      """
      SELECT * FROM sessions
      WHERE account_id = :accountId AND revoked_at IS NULL AND expires_at > :now
        AND id > coalesce(:after, CAST('00000000-0000-0000-0000-000000000000' AS uuid))
      ORDER BY id
      LIMIT :limit
      """)
  List<SessionRow> list(UUID accountId, Instant now, UUID after, int limit);

  /**
   * Replaces the refresh token of the given generation. Of several requests with one token, one
   * gets 1.
   *
   * @return 1, or 0 if the token was replaced before or the session has ended
   */
  @SqlUpdate(
      """
      UPDATE sessions SET generation = generation + 1, rotated_at = :now
      WHERE id = :id AND generation = :generation AND revoked_at IS NULL AND expires_at > :now
      """)
  int rotate(UUID id, int generation, Instant now);

  /**
   * Ends one session of an account.
   *
   * @return 1, or 0 if the account has no such session
   */
  @SqlUpdate(
      """
      UPDATE sessions SET revoked_at = now()
      WHERE id = :id AND account_id = :accountId AND revoked_at IS NULL
      """)
  int revoke(UUID id, UUID accountId);

  /**
   * Ends the sessions of an account.
   *
   * @param except a session that continues; null for none
   */
  @SqlUpdate(
      """
      UPDATE sessions SET revoked_at = now()
      WHERE account_id = :accountId AND revoked_at IS NULL
        AND (CAST(:except AS uuid) IS NULL OR id <> :except)
      """)
  int revokeAll(UUID accountId, UUID except);

  /** Reads the ids of sessions that were revoked within the given time. */
  @SqlQuery("SELECT id FROM sessions WHERE revoked_at > now() - :within LIMIT :limit")
  Set<UUID> revoked(Duration within, int limit);

  /** Whether a session is revoked, or was deleted. */
  @SqlQuery("SELECT NOT EXISTS (SELECT FROM sessions WHERE id = :id AND revoked_at IS NULL)")
  boolean isRevoked(UUID id);

  /** Counts the sessions that may be used, up to the given number. */
  @SqlQuery(
      """
      SELECT count(*)
      FROM (SELECT FROM sessions WHERE revoked_at IS NULL AND expires_at > :now LIMIT :most)
        AS counted
      """)
  long countActive(Instant now, int most);

  /** Deletes the sessions that ended before the given time. */
  @SqlUpdate("DELETE FROM sessions WHERE expires_at < :before OR revoked_at < :before")
  int deleteEndedBefore(Instant before);
}
