package io.boxoffice.stress.gates.device;

import io.boxoffice.stress.gates.ledger.Result;
import io.boxoffice.stress.gates.ledger.Scan;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Brings scans from a device to the shop. */
@FunctionalInterface
public interface ScanLine {

  /**
   * Sends a batch.
   *
   * @param scans in their order; 1 to 1,000
   * @param deviceTime what the device's clock shows now
   * @return one result for each scan, in the same order
   * @throws IOException when no answer came: the batch must be sent again
   */
  List<Result> send(List<Scan> scans, Instant deviceTime) throws IOException;
}
