package io.boxoffice.account.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of second factors and recovery codes. */
@RegisterConstructorMapper(SecondFactorRow.class)
public interface SecondFactorDao {

  /**
   * Inserts a factor that is not confirmed, in place of another such one.
   *
   * @return 1, or 0 if the account has an active factor
   */
  @SqlUpdate(
      """
      INSERT INTO second_factors (account_id, secret, last_step) VALUES (:accountId, :secret, 0)
      ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret
      WHERE second_factors.confirmed_at IS NULL
      """)
  int insert(UUID accountId, String secret);

  /** Reads the factor of an account. */
  @SqlQuery("SELECT * FROM second_factors WHERE account_id = :accountId")
  Optional<SecondFactorRow> find(UUID accountId);

  /**
   * Makes a factor active, if it still has the secret that was checked.
   *
   * @param step the time step of the code that confirms it, which therefore cannot sign in
   * @return 1, or 0 if another request has confirmed or replaced it
   */
  @SqlUpdate(
      """
      UPDATE second_factors SET confirmed_at = :now, last_step = :step
      WHERE account_id = :accountId AND secret = :secret AND confirmed_at IS NULL
      """)
  int confirm(UUID accountId, String secret, long step, Instant now);

  /**
   * Uses the code of a time step. Of several requests with one code, one gets 1.
   *
   * @return 1, or 0 if this code or a later one was used before
   */
  @SqlUpdate(
      """
      UPDATE second_factors SET last_step = :step
      WHERE account_id = :accountId AND secret = :secret AND last_step < :step
      """)
  int use(UUID accountId, String secret, long step);

  /** Deletes the factor of an account. */
  @SqlUpdate("DELETE FROM second_factors WHERE account_id = :accountId")
  void delete(UUID accountId);

  /** Inserts the hashes of recovery codes. */
  @SqlBatch("INSERT INTO recovery_codes (account_id, hash) VALUES (:accountId, :hash)")
  void insertRecoveryCodes(UUID accountId, Collection<String> hash);

  /**
   * Deletes a recovery code, so that it is used once.
   *
   * @return 1, or 0 if the account has no such code
   */
  @SqlUpdate("DELETE FROM recovery_codes WHERE account_id = :accountId AND hash = :hash")
  int useRecoveryCode(UUID accountId, String hash);

  /** Deletes all recovery codes of an account. */
  @SqlUpdate("DELETE FROM recovery_codes WHERE account_id = :accountId")
  void deleteRecoveryCodes(UUID accountId);

  /** Counts the recovery codes that were not used. */
  @SqlQuery("SELECT count(*) FROM recovery_codes WHERE account_id = :accountId")
  int countRecoveryCodes(UUID accountId);
}
