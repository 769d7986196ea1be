package io.boxoffice.account.store;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of accounts. */
@RegisterConstructorMapper(AccountRow.class)
public interface AccountDao {

  /**
   * Inserts an account.
   *
   * @return 1, or 0 if the address has an account
   */
  @SqlUpdate(
      """
      INSERT INTO accounts (id, email, email_key, name, role, password_hash, created_at)
      VALUES (:id, :email, :emailKey, :name, :role, :passwordHash, :createdAt)
      ON CONFLICT (email_key) DO NOTHING
      """)
  int insert(@BindMethods AccountRow account);

  /** Reads one account. */
  @SqlQuery("SELECT * FROM accounts WHERE id = :id")
  Optional<AccountRow> find(UUID id);

  /** Reads an account and locks its row until the transaction ends. */
  @SqlQuery("SELECT * FROM accounts WHERE id = :id FOR UPDATE")
  Optional<AccountRow> lock(UUID id);

  /** Reads the account of an address. */
  @SqlQuery("SELECT * FROM accounts WHERE email_key = :emailKey")
  Optional<AccountRow> findByEmail(String emailKey);

  /** Reads the account of an address and locks its row until the transaction ends. */
  @SqlQuery("SELECT * FROM accounts WHERE email_key = :emailKey FOR UPDATE")
  Optional<AccountRow> lockByEmail(String emailKey);

  /** Sets the name. */
  @SqlUpdate("UPDATE accounts SET name = :name WHERE id = :id")
  void rename(UUID id, String name);

  /** Sets the role. */
  @SqlUpdate("UPDATE accounts SET role = :role WHERE id = :id")
  void setRole(UUID id, Role role);

  /**
   * Sets the hash of the password. A change of the address that somebody asked for with the
   * password before is void.
   */
  @SqlUpdate(
      """
      WITH void AS (DELETE FROM address_changes WHERE account_id = :id)
      UPDATE accounts SET password_hash = :passwordHash WHERE id = :id
      """)
  void setPassword(UUID id, String passwordHash);

  /** Sets the address. The database rejects one that another account has. */
  @SqlUpdate("UPDATE accounts SET email = :email, email_key = :emailKey WHERE id = :id")
  void setEmail(UUID id, String email, String emailKey);

  /** Deletes an account. Its sessions stay until every replica knows that they ended. */
  @SqlUpdate("DELETE FROM accounts WHERE id = :id")
  void delete(UUID id);

  /** Counts the accounts, up to the given number. */
  @SqlQuery("SELECT count(*) FROM (SELECT FROM accounts LIMIT :most) AS counted")
  long count(int most);
}
