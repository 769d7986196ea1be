package io.boxoffice.mail;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Holds the SQL of queued mails. All times are the database's, so that replicas agree about what is
 * due. A mail whose claim has passed to another replica is not changed: its number of attempts
 * differs.
 */
@RegisterConstructorMapper(QueuedMail.class)
public interface DeliveryDao {

  /** Whether a mail is due. */
  @SqlQuery("SELECT EXISTS (SELECT FROM mails WHERE due_at <= now())")
  boolean anyDue();

  /**
   * Claims the mail that is due for the longest time. No other replica gets it before the claim
   * ends, which is how a mail is found again whose replica has crashed.
   *
   * @param claim how long the claim lasts
   */
  @SqlQuery(
      """
      UPDATE mails SET attempts = attempts + 1, due_at = now() + :claim
      WHERE id = (
        SELECT id FROM mails
        WHERE due_at <= now() AND (expires_at IS NULL OR expires_at > now())
        ORDER BY due_at LIMIT 1
        FOR UPDATE SKIP LOCKED)
      RETURNING *
      """)
  Optional<QueuedMail> claim(Duration claim);

  /** Notes that a server accepted a mail. */
  @SqlUpdate(
      """
      UPDATE mails SET state = 'SENT', due_at = NULL, sent_at = now(), failure = NULL
      WHERE id = :id AND attempts = :attempts AND state = 'QUEUED'
      """)
  void sent(UUID id, int attempts);

  /** Notes that a mail is never accepted. */
  @SqlUpdate(
      """
      UPDATE mails SET state = 'FAILED', due_at = NULL, failure = :failure
      WHERE id = :id AND attempts = :attempts AND state = 'QUEUED'
      """)
  void failed(UUID id, int attempts, String failure);

  /** Lets the next attempt follow after a pause. */
  @SqlUpdate(
      """
      UPDATE mails SET due_at = now() + :pause, failure = :failure
      WHERE id = :id AND attempts = :attempts AND state = 'QUEUED'
      """)
  void retry(UUID id, int attempts, Duration pause, String failure);

  /**
   * Gives up the due mails that have expired or are older than the given age.
   *
   * @return how many there were
   */
  @SqlUpdate(
      """
      UPDATE mails SET state = 'FAILED', due_at = NULL,
        failure = concat_ws('; ', 'given up: no server accepted it in time', failure)
      WHERE due_at <= now() AND (expires_at <= now() OR created_at < now() - :age)
      """)
  int giveUp(Duration age);

  /** Counts the mails that wait. */
  @SqlQuery("SELECT count(*) FROM mails WHERE due_at IS NOT NULL")
  long countQueued();

  /** Returns the age of the oldest mail that waits, in seconds; 0 if none does. */
  @SqlQuery(
      """
      SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)
      FROM mails WHERE due_at IS NOT NULL
      """)
  double oldestQueued();
}
