package io.boxoffice.gate.scan;

import io.boxoffice.gate.state.ItemProblem;
import io.boxoffice.gate.state.Outcome;
import io.boxoffice.gate.state.Reason;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.state.Verdict;
import io.boxoffice.gate.store.AppliedBatch;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.List;

/**
 * Counts scans by what became of them. No label names a gate: an operator may register any number
 * of gates, and the attendance tells them apart.
 */
final class ScanMetrics {
  private static final String NO_REASON = "none";

  private final Counter scans;
  private final Counter batches;
  private final Counter conflicts;

  ScanMetrics(CollectorRegistry prometheus) {
    scans =
        Counter.build("gate_scans", "Scans by their result and its reason.")
            .labelNames("result", "reason")
            .register(prometheus);
    batches = Counter.build("gate_batches", "Committed batches of scans.").register(prometheus);
    conflicts =
        Counter.build(
                "gate_conflicts", "Scans of gates without network that the shop would refuse.")
            .register(prometheus);
    beginAtZero();
  }

  /** A counter that begins with its first scan would hide this scan from a rate. */
  private void beginAtZero() {
    for (String result : List.of("admitted", "left", "parked", "repeated")) {
      scans.labels(result, NO_REASON);
    }
    for (Reason reason : Reason.values()) {
      scans.labels(Outcome.REFUSED.text(), reason.text());
    }
    for (ItemProblem problem : ItemProblem.values()) {
      scans.labels("invalid", problem.text());
    }
  }

  /** Counts a committed batch. */
  void applied(AppliedBatch batch) {
    batches.inc();
    conflicts.inc((double) batch.conflicts());
    for (Verdict verdict : batch.verdicts()) {
      count(
          verdict.outcome().text(), verdict.reason() == null ? NO_REASON : verdict.reason().text());
    }
    for (ScanResult result : batch.results()) {
      if (result.problem() != null) {
        invalid(result);
      } else if (result.expected() != null) {
        count("parked", NO_REASON);
      } else if (result.repeated()) {
        count("repeated", NO_REASON);
      }
    }
  }

  /** Counts a scan that is not applied. */
  void invalid(ScanResult result) {
    count("invalid", result.problem().text());
  }

  private void count(String result, String reason) {
    scans.labels(result, reason).inc();
  }
}
