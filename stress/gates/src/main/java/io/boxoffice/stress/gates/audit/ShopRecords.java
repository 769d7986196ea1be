package io.boxoffice.stress.gates.audit;

import io.boxoffice.stress.gates.ledger.Result;
import io.boxoffice.stress.gates.ledger.Scan;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the shop has recorded of the run's concert. Each call may throw an exception of the run. */
public interface ShopRecords {

  /** The counts. */
  Attendance attendance();

  /** The conflicts of the concert, in any order. */
  List<Conflict> conflicts();

  /** Whether a ticket is inside; empty if it was never admitted. */
  Optional<Boolean> inside(UUID ticketId);

  /**
   * Sends scans of one gate again, in their order.
   *
   * @return one result for each
   */
  List<Result> repeat(List<Scan> scans);
}
