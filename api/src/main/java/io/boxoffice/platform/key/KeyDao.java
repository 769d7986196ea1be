package io.boxoffice.platform.key;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of the tables of keys; {@code table} is the name of one. */
@RegisterConstructorMapper(KeyRow.class)
interface KeyDao {

  /** Reads all keys, newest first. */
  @SqlQuery("SELECT * FROM <table> ORDER BY signs_from DESC, number DESC")
  List<KeyRow> list(@Define String table);

  /** Inserts a key, unless another replica has inserted the key with this number. */
  @SqlUpdate(
      """
      INSERT INTO <table> (number, jwk, signs_from) VALUES (:number, :jwk, :signsFrom)
      ON CONFLICT (number) DO NOTHING
      """)
  void insert(@Define String table, @BindMethods KeyRow key);

  /** Replaces a key pair by its public key. */
  @SqlUpdate("UPDATE <table> SET jwk = :publicJwk WHERE number = :number")
  void erasePrivatePart(@Define String table, int number, String publicJwk);

  /** Deletes the keys that began to sign earlier. */
  @SqlUpdate("DELETE FROM <table> WHERE signs_from < :signsFrom")
  void deleteBefore(@Define String table, Instant signsFrom);
}
