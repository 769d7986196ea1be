package io.boxoffice.gate.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL that locks and writes the admissions of tickets. */
@RegisterConstructorMapper(AdmissionDao.TicketRow.class)
@RegisterConstructorMapper(AdmissionDao.AdmissionRow.class)
interface AdmissionDao {

  /** Holds a ticket that exists. */
  record TicketRow(UUID id, UUID concertId, boolean cancelled) {}

  /** Holds the state of a ticket; the last three are null if it was never admitted. */
  record AdmissionRow(
      UUID ticketId, int entries, int exits, UUID lastScan, String lastGate, Instant lastAt) {}

  /**
   * Reads tickets, and shares the locks of their purchases until the transaction ends, so that no
   * cancellation happens in between. The order is that in which a cancelled concert locks them.
   */
  @SqlQuery(
      """
      SELECT k.id, p.concert_id, p.status = 'CANCELLED' AS cancelled
      FROM tickets k JOIN purchases p ON p.id = k.purchase_id
      WHERE k.id = ANY (:ticketIds) ORDER BY p.id FOR SHARE OF p
      """)
  List<TicketRow> shareTickets(UUID... ticketIds);

  /** Creates the rows of tickets that were never scanned, so that each has a row to lock. */
  @SqlUpdate(
      """
      INSERT INTO admissions (ticket_id, concert_id)
      SELECT ticket_id, concert_id FROM unnest(:ticketIds, :concertIds) AS w (ticket_id, concert_id)
      ORDER BY ticket_id
      ON CONFLICT DO NOTHING
      """)
  void create(UUID[] ticketIds, UUID[] concertIds);

  /** Locks the states of tickets, in the order of their ids, until the transaction ends. */
  @SqlQuery(
      """
      SELECT ticket_id, entries, exits, last_scan, last_gate, last_at FROM admissions
      WHERE ticket_id = ANY (:ticketIds) ORDER BY ticket_id FOR NO KEY UPDATE
      """)
  List<AdmissionRow> lock(UUID... ticketIds);

  /**
   * Adds entries and exits.
   *
   * @param firstScans the scan that admitted the ticket first in this batch; null for none
   */
  @SqlUpdate(
      """
      UPDATE admissions a
      SET entries = a.entries + w.entries, exits = a.exits + w.exits,
          first_scan = coalesce(a.first_scan, w.first_scan),
          first_admitted_at = coalesce(a.first_admitted_at, CAST(w.first_at AS timestamptz)),
          last_scan = w.last_scan, last_gate = w.last_gate, last_at = CAST(w.last_at AS timestamptz)
      FROM unnest(:ticketIds, :entries, :exits, :firstScans, :firstAt, :lastScans, :lastGates, :lastAt)
        AS w (ticket_id, entries, exits, first_scan, first_at, last_scan, last_gate, last_at)
      WHERE a.ticket_id = w.ticket_id
      """)
  void add(
      UUID[] ticketIds,
      Integer[] entries,
      Integer[] exits,
      UUID[] firstScans,
      String[] firstAt,
      UUID[] lastScans,
      String[] lastGates,
      String[] lastAt);
}
