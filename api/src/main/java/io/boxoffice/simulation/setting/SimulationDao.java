package io.boxoffice.simulation.setting;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Contains the SQL of the simulation's setting and its history. */
@RegisterConstructorMapper(SettingRow.class)
@RegisterConstructorMapper(ChangeRow.class)
public interface SimulationDao {

  /** The SELECT with all columns of the setting. A query appends its WHERE clause or lock. */
  String SELECT_SETTING =
      """
      SELECT version, CAST(setting AS text) AS setting, changed_at, changed_by, reason, expires_at,
             CAST(fallback AS text) AS fallback
      FROM simulation_settings
      """;

  /** Reads the setting. */
  @SqlQuery(SELECT_SETTING)
  SettingRow read();

  /** Reads the setting if it is newer than the given version. */
  @SqlQuery(SELECT_SETTING + " WHERE version > :version")
  Optional<SettingRow> readNewerThan(long version);

  /** Reads the setting and locks its row until the end of the transaction. */
  @SqlQuery(SELECT_SETTING + " FOR UPDATE")
  SettingRow lock();

  /** Writes the setting. */
  @SqlUpdate(
      """
      UPDATE simulation_settings
      SET version = :version, setting = CAST(:setting AS jsonb), changed_at = :changedAt,
          changed_by = :changedBy, reason = :reason, expires_at = :expiresAt,
          fallback = CAST(:fallback AS jsonb)
      """)
  void update(@BindMethods SettingRow row);

  /** Adds a change to the history. */
  @SqlUpdate(
      """
      INSERT INTO simulation_changes (version, changed_at, changed_by, reason, expires_at, changes)
      VALUES (:version, :changedAt, :changedBy, :reason, :expiresAt, CAST(:changes AS jsonb))
      """)
  void insert(@BindMethods ChangeRow row);

  /** Notifies every replica when the transaction commits. */
  @SqlQuery("SELECT CAST(pg_notify('simulation', CAST(:version AS text)) AS text)")
  String announce(long version);

  /** Reads the changes before a version, newest first. */
  @SqlQuery(
      """
      SELECT version, changed_at, changed_by, reason, expires_at, CAST(changes AS text) AS changes
      FROM simulation_changes
      WHERE version < :before
      ORDER BY version DESC
      LIMIT :limit
      """)
  List<ChangeRow> history(long before, int limit);
}
