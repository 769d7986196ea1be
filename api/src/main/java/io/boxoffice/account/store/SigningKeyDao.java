package io.boxoffice.account.store;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of signing keys. */
@RegisterConstructorMapper(SigningKeyRow.class)
public interface SigningKeyDao {

  /** Reads all keys, newest first. */
  @SqlQuery("SELECT * FROM signing_keys ORDER BY number DESC")
  List<SigningKeyRow> list();

  /** Inserts a key, unless another replica has inserted the key with this number. */
  @SqlUpdate(
      """
      INSERT INTO signing_keys (number, jwk, signs_from) VALUES (:number, :jwk, :signsFrom)
      ON CONFLICT (number) DO NOTHING
      """)
  void insert(@BindMethods SigningKeyRow key);

  /** Deletes the keys with smaller numbers. */
  @SqlUpdate("DELETE FROM signing_keys WHERE number < :number")
  void deleteBefore(int number);
}
