package io.boxoffice.gate.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of gates and entry windows. */
@RegisterConstructorMapper(GateRow.class)
@RegisterConstructorMapper(EntryRow.class)
interface GateDao {
  /** Selects gates with how far their greatest series is; append a WHERE clause. */
  String SELECT_GATE =
      """
      SELECT g.name, g.concert_id, g.changed_at, s.series, coalesce(s.last_sequence, 0) AS sequence,
             (SELECT coalesce(sum(parked), 0) FROM gate_series p WHERE p.gate = g.name) AS parked
      FROM gates g
      LEFT JOIN LATERAL (SELECT series, last_sequence FROM gate_series
                         WHERE gate = g.name ORDER BY series DESC LIMIT 1) s ON true
      """;

  /** Creates a gate, or gives it another concert. */
  @SqlUpdate(
      """
      INSERT INTO gates (name, concert_id, changed_at) VALUES (:name, :concertId, :now)
      ON CONFLICT (name) DO UPDATE SET concert_id = :concertId, changed_at = :now
      WHERE gates.concert_id <> :concertId
      """)
  void put(String name, UUID concertId, Instant now);

  /** Reads a gate. */
  @SqlQuery(SELECT_GATE + " WHERE g.name = :name")
  Optional<GateRow> find(String name);

  /** Reads gates in the order of their names. */
  @SqlQuery(SELECT_GATE + " WHERE g.name > :after ORDER BY g.name LIMIT :limit")
  List<GateRow> list(String after, int limit);

  /** Sets the entry window of a concert. */
  @SqlUpdate(
      """
      INSERT INTO concert_entry (concert_id, opens_at, closes_at, re_entry, changed_at)
      VALUES (:concertId, :opensAt, :closesAt, :reEntry, :now)
      ON CONFLICT (concert_id) DO UPDATE
      SET opens_at = :opensAt, closes_at = :closesAt, re_entry = :reEntry, changed_at = :now
      """)
  void putEntry(UUID concertId, Instant opensAt, Instant closesAt, boolean reEntry, Instant now);

  /** Reads when a concert starts and its entry window; empty if there is no such concert. */
  @SqlQuery(
      """
      SELECT c.starts_at, e.opens_at, e.closes_at, coalesce(e.re_entry, false) AS re_entry
      FROM concerts c LEFT JOIN concert_entry e ON e.concert_id = c.id
      WHERE c.id = :concertId
      """)
  Optional<EntryRow> findEntry(UUID concertId);
}
