package io.boxoffice.gate.store;

import io.boxoffice.gate.state.ItemProblem;
import io.boxoffice.gate.state.Scan;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.state.Series;
import io.boxoffice.gate.state.SeriesOrder;
import io.boxoffice.gate.state.Verdict;
import io.boxoffice.gate.store.SeriesDao.GateFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Puts the scans of one batch in order, and collects what became of each. */
final class OrderedBatch {
  /** A place in a series. */
  record Position(Series series, long sequence) {
    static Position of(Scan scan) {
      return new Position(scan.series(), scan.sequence());
    }
  }

  /** What the scan at a position did. */
  record Stored(UUID scanId, Verdict verdict) {}

  private final Map<String, GateFacts> gates;
  private final Map<Series, SeriesOrder> orders;
  private final Map<Position, Scan> parkedBefore;
  private final Map<Position, Scan> waiting;
  private final List<Scan> toApply = new ArrayList<>();
  private final List<Position> passed = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();

  /** What is known about a scan before the verdicts: a result, or that its position decides. */
  private record Item(Scan scan, ScanResult result) {}

  /**
   * Begins with the state of the series, which are locked.
   *
   * @param parkedBefore the scans that wait
   */
  OrderedBatch(
      Map<String, GateFacts> gates,
      Map<Series, SeriesOrder> orders,
      Map<Position, Scan> parkedBefore) {
    this.gates = gates;
    this.orders = new TreeMap<>(orders);
    this.parkedBefore = parkedBefore;
    this.waiting = new HashMap<>(parkedBefore);
  }

  /** Adds the next scan of the batch. */
  void add(Scan scan) {
    items.add(new Item(scan, place(scan)));
  }

  /** Gives up what is missing before the first scan of a series that waits. */
  void skip(Series series) {
    apply(series, orders.get(series).skip());
  }

  /** Returns the result, or null if the verdict at the position of the scan is the result. */
  private ScanResult place(Scan scan) {
    GateFacts gate = gates.get(scan.series().gate());
    if (gate == null) {
      return invalid(scan, ItemProblem.UNKNOWN_GATE, "No gate has this name.");
    }
    if (!gate.soldHere()) {
      return invalid(scan, ItemProblem.OTHER_SITE, "Another site sells the concert of the gate.");
    }
    SeriesOrder order = orders.get(scan.series());
    if (order == null) {
      return invalid(scan, ItemProblem.SERIES_TOO_LOW, "The gate has a greater series already.");
    }
    SeriesOrder.Place place = order.place(scan.sequence(), scan.scanId());
    if (place instanceof SeriesOrder.Next next) {
      toApply.add(scan);
      apply(scan.series(), next.following());
      return null;
    }
    if (place instanceof SeriesOrder.Park park) {
      waiting.put(Position.of(scan), scan);
      return ScanResult.parked(scan.scanId(), park.expected());
    }
    if (place instanceof SeriesOrder.WaitsAlready waits) {
      return ScanResult.parked(scan.scanId(), waits.expected());
    }
    if (place instanceof SeriesOrder.Full full) {
      return invalid(
          scan,
          ItemProblem.TOO_MANY_PARKED,
          "%d scans of the series wait for sequence %d."
              .formatted(SeriesOrder.MOST_PARKED, full.expected()));
    }
    if (place instanceof SeriesOrder.Taken) {
      return invalid(scan, ItemProblem.SEQUENCE_USED, "Another scan waits at this position.");
    }
    passed.add(Position.of(scan));
    return null;
  }

  private void apply(Series series, List<Long> following) {
    following.forEach(sequence -> toApply.add(waiting.remove(new Position(series, sequence))));
  }

  private static ScanResult invalid(Scan scan, ItemProblem problem, String detail) {
    return ScanResult.invalid(scan.scanId(), problem, detail);
  }

  /** The scans to apply, in their order. */
  List<Scan> toApply() {
    return toApply;
  }

  /** The positions whose result may be in an earlier batch. */
  List<Position> passed() {
    Set<Position> applied = toApply.stream().map(Position::of).collect(Collectors.toSet());
    return passed.stream().filter(position -> !applied.contains(position)).distinct().toList();
  }

  /** The scans of this batch that wait after it. */
  List<Scan> newlyParked() {
    return waiting.entrySet().stream()
        .filter(entry -> !parkedBefore.containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The positions of scans that waited before the batch, and do not any longer. */
  List<Position> unparked() {
    return parkedBefore.keySet().stream()
        .filter(position -> !waiting.containsKey(position))
        .toList();
  }

  /** How far each series is after the batch. */
  Map<Series, SeriesOrder> orders() {
    return orders;
  }

  /**
   * Returns the result of each scan, in the order of the batch.
   *
   * @param verdicts what this batch did, in the order of {@link #toApply()}
   * @param stored what earlier batches did at the positions of {@link #passed()}
   */
  List<ScanResult> results(List<Verdict> verdicts, Map<Position, Stored> stored) {
    Map<Position, Stored> applied = new HashMap<>();
    for (int i = 0; i < verdicts.size(); i++) {
      Scan scan = toApply.get(i);
      applied.put(Position.of(scan), new Stored(scan.scanId(), verdicts.get(i)));
    }
    Set<Position> reported = new HashSet<>();
    List<ScanResult> results = new ArrayList<>(items.size());
    for (Item item : items) {
      results.add(result(item, applied, stored, reported));
    }
    return results;
  }

  private static ScanResult result(
      Item item,
      Map<Position, Stored> applied,
      Map<Position, Stored> stored,
      Set<Position> reported) {
    Scan scan = item.scan();
    if (item.result() != null && item.result().problem() != null) {
      return item.result();
    }
    Stored here = applied.get(Position.of(scan));
    if (here == null && item.result() != null) {
      return item.result(); // It waits.
    }
    Stored there = here == null ? stored.get(Position.of(scan)) : here;
    if (there == null) {
      return invalid(
          scan,
          ItemProblem.POSITION_PASSED,
          "The position was skipped, or its result is no longer stored.");
    }
    if (!there.scanId().equals(scan.scanId())) {
      return invalid(
          scan,
          ItemProblem.SEQUENCE_USED,
          "Another scan has this position. A device that lost its count starts another series.");
    }
    return here != null && reported.add(Position.of(scan))
        ? ScanResult.applied(scan.scanId(), there.verdict())
        : ScanResult.repeated(scan.scanId(), there.verdict());
  }
}
