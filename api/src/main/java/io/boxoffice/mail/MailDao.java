package io.boxoffice.mail;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of mails. */
@RegisterConstructorMapper(Mail.class)
public interface MailDao {

  /** Inserts a mail. */
  @SqlUpdate(
      """
      INSERT INTO mails (id, recipient, kind, subject, body, created_at)
      VALUES (:id, :recipient, :kind, :subject, :body, :createdAt)
      """)
  void insert(@BindMethods Mail mail);

  /**
   * Reads mails in the order of their ids.
   *
   * @param recipient null for all recipients
   */
  @SqlQuery(
      """
      SELECT * FROM mails
      WHERE (CAST(:recipient AS text) IS NULL OR recipient = :recipient)
        AND id > coalesce(:after, CAST('00000000-0000-0000-0000-000000000000' AS uuid))
      ORDER BY id
      LIMIT :limit
      """)
  List<Mail> list(String recipient, UUID after, int limit);

  /** Deletes the mails that are older than the given time. */
  @SqlUpdate("DELETE FROM mails WHERE created_at < :before")
  int deleteBefore(Instant before);
}
