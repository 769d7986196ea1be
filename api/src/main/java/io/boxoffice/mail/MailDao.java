package io.boxoffice.mail;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of mails that operators read. */
@RegisterConstructorMapper(Mail.class)
public interface MailDao {

  /**
   * Inserts a mail. If it is queued, it is due at once.
   *
   * @param expiresAt when a queued mail is given up; null for never
   */
  @SqlUpdate(
      """
      INSERT INTO mails
        (id, recipient, kind, subject, body, created_at, state, expires_at, due_at)
      VALUES (:id, :recipient, :kind, :subject, :body, :createdAt, :state, :expiresAt,
              CASE WHEN :state = 'QUEUED' THEN now() END)
      """)
  void insert(@BindMethods Mail mail, Instant expiresAt);

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
