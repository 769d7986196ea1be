package io.boxoffice.account.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of one-time codes. */
@RegisterConstructorMapper(CodeRow.class)
public interface CodeDao {

  /** Inserts a code. */
  @SqlUpdate(
      """
      INSERT INTO account_codes (hash, purpose, email, email_key, expires_at)
      VALUES (:hash, :purpose, :email, :emailKey, :expiresAt)
      """)
  void insert(@BindMethods CodeRow code);

  /** Reads a code that has not expired. */
  @SqlQuery(
      """
      SELECT * FROM account_codes
      WHERE hash = :hash AND purpose = :purpose AND expires_at > :now
      """)
  Optional<CodeRow> find(String hash, CodeRow.Purpose purpose, Instant now);

  /**
   * Deletes a code that has not expired, so that it is used once.
   *
   * @return 1, or 0 if there is no such code any more
   */
  @SqlUpdate("DELETE FROM account_codes WHERE hash = :hash AND expires_at > :now")
  int use(String hash, Instant now);

  /** Deletes all codes of an address. */
  @SqlUpdate("DELETE FROM account_codes WHERE email_key = :emailKey")
  void deleteOf(String emailKey);

  /** Deletes the codes that have expired. */
  @SqlUpdate("DELETE FROM account_codes WHERE expires_at <= :now")
  int deleteExpired(Instant now);
}
