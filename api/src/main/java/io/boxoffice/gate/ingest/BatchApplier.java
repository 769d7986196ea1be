package io.boxoffice.gate.ingest;

import io.boxoffice.gate.scan.ScanFailure;
import io.boxoffice.gate.scan.ScanReader.Item;
import io.boxoffice.gate.state.ItemProblem;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.store.ScanTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies scans, and finds the one that makes its batch fail, so that it does not stop others. */
final class BatchApplier {
  private static final Logger LOG = LoggerFactory.getLogger(BatchApplier.class);

  private final Function<List<Item>, List<ScanResult>> transaction;

  /**
   * Creates an applier.
   *
   * @param transaction applies up to {@link ScanTransaction#MOST_SCANS} in one transaction, and
   *     returns a result for each; a repetition is harmless
   */
  BatchApplier(Function<List<Item>, List<ScanResult>> transaction) {
    this.transaction = transaction;
  }

  /**
   * Applies scans in their order.
   *
   * @param alone whether each has a transaction of its own; then a scan that fails alone, while the
   *     database works, is rejected
   * @return one result for each
   * @throws RuntimeException when scans failed; some may be applied
   */
  List<ScanResult> apply(List<Item> items, boolean alone) {
    List<ScanResult> results = new ArrayList<>(items.size());
    if (alone) {
      items.forEach(item -> results.add(alone(item)));
      return results;
    }
    for (int from = 0; from < items.size(); from += ScanTransaction.MOST_SCANS) {
      int to = Math.min(items.size(), from + ScanTransaction.MOST_SCANS);
      results.addAll(transaction.apply(items.subList(from, to)));
    }
    return results;
  }

  private ScanResult alone(Item item) {
    try {
      return transaction.apply(List.of(item)).get(0);
    } catch (RuntimeException failure) {
      if (!ScanFailure.isOfScan(failure)) {
        throw failure;
      }
      LOG.error("A scan fails each time and becomes a dead letter", failure);
      return ScanResult.invalid(
          item.scan() == null ? null : item.scan().scanId(),
          ItemProblem.REJECTED,
          "The scan fails each time: " + failure.getClass().getSimpleName() + ".");
    }
  }
}
