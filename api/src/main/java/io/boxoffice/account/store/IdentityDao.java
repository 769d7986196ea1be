package io.boxoffice.account.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of identities. A transaction that changes them locks the account first. */
@RegisterConstructorMapper(IdentityRow.class)
public interface IdentityDao {

  /**
   * Inserts an identity.
   *
   * @return 1, or 0 if it belongs to an account
   */
  @SqlUpdate(
      """
      INSERT INTO identities (id, account_id, issuer, subject, created_at)
      VALUES (:id, :accountId, :issuer, :subject, :createdAt)
      ON CONFLICT (issuer, subject) DO NOTHING
      """)
  int insert(@BindMethods IdentityRow identity);

  /** Reads the identity of a person at a provider. */
  @SqlQuery("SELECT * FROM identities WHERE issuer = :issuer AND subject = :subject")
  Optional<IdentityRow> find(String issuer, String subject);

  /** Reads the identities of an account in the order of their ids. */
  @SqlQuery(
      """
      SELECT * FROM identities
      WHERE account_id = :accountId
        AND id > coalesce(:after, CAST('00000000-0000-0000-0000-000000000000' AS uuid))
      ORDER BY id
      LIMIT :limit
      """)
  List<IdentityRow> list(UUID accountId, UUID after, int limit);

  /** Reads one identity of an account. */
  @SqlQuery("SELECT * FROM identities WHERE id = :id AND account_id = :accountId")
  Optional<IdentityRow> find(UUID id, UUID accountId);

  /** Deletes an identity. */
  @SqlUpdate("DELETE FROM identities WHERE id = :id")
  void delete(UUID id);
}
