package io.boxoffice.account.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of changes of address that wait for their code. */
@RegisterConstructorMapper(AddressChangeRow.class)
public interface AddressChangeDao {

  /** Stores the change of an account, in place of an earlier one. */
  @SqlUpdate(
      """
      INSERT INTO address_changes (account_id, hash, email, email_key, expires_at)
      VALUES (:accountId, :hash, :email, :emailKey, :expiresAt)
      ON CONFLICT (account_id) DO UPDATE SET
        hash = excluded.hash, email = excluded.email, email_key = excluded.email_key,
        expires_at = excluded.expires_at
      """)
  void put(@BindMethods AddressChangeRow change);

  /**
   * Deletes the change of an account, so that its code is used once.
   *
   * @return empty if the account has no such code, or it has expired
   */
  @SqlQuery(
      """
      DELETE FROM address_changes
      WHERE account_id = :accountId AND hash = :hash AND expires_at > :now
      RETURNING *
      """)
  Optional<AddressChangeRow> take(UUID accountId, String hash, Instant now);

  /** Deletes the changes whose codes have expired. */
  @SqlUpdate("DELETE FROM address_changes WHERE expires_at <= :now")
  int deleteExpired(Instant now);
}
