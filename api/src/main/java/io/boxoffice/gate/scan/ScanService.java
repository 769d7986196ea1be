package io.boxoffice.gate.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.gate.scan.ScanReader.Item;
import io.boxoffice.gate.state.DeviceClock;
import io.boxoffice.gate.state.Scan;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.state.Series;
import io.boxoffice.gate.store.AppliedBatch;
import io.boxoffice.gate.store.ScanTransaction;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Reads and applies batches of scans, and counts what they did. */
public final class ScanService {
  /**
   * How many transactions of requests run at once: while one waits for the disk, another one uses
   * the processors.
   */
  private static final int TRANSACTIONS = 2;

  /** Less than the time after which a device sends a request again. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

  private final ScanReader reader;
  private final ScanTransaction transaction;
  private final ScanMetrics metrics;
  private final Clock clock;
  private final ScanDesk desk;

  /** Applies with the given transaction. */
  ScanService(ScanReader reader, ScanTransaction transaction, ScanMetrics metrics, Clock clock) {
    this.reader = reader;
    this.transaction = transaction;
    this.metrics = metrics;
    this.clock = clock;
    this.desk = new ScanDesk(this::commit, TRANSACTIONS, LONGEST_WAIT);
  }

  /** Compares a device's clock with the shop's; the time may be null. */
  DeviceClock clock(Instant deviceTime) {
    return DeviceClock.of(deviceTime, clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  /** Reads one scan of a batch. */
  public Item read(JsonNode item, DeviceClock deviceClock) {
    return reader.read(item, deviceClock);
  }

  /**
   * Applies the scans of a request as {@link #results} does, perhaps in one transaction with those
   * of other requests.
   *
   * @return one answer for each, in their order
   * @throws ProblemException 503 when too many requests wait
   */
  List<ScanAnswer> apply(List<Item> items) {
    return results(items, desk::apply).stream().map(ScanAnswer::of).toList();
  }

  /**
   * Applies scans in a transaction of their own. To repeat it is harmless: a scan that was applied
   * has the same result again.
   *
   * @param items at most {@link ScanTransaction#MOST_SCANS}
   * @return one result for each, in their order
   * @throws org.jdbi.v3.core.JdbiException when the database fails
   */
  public List<ScanResult> results(List<Item> items) {
    return results(items, this::commit);
  }

  /** Returns how many requests wait for a transaction. */
  int waiting() {
    return desk.depth();
  }

  private List<ScanResult> results(
      List<Item> items, Function<List<Scan>, List<ScanResult>> applying) {
    List<Scan> scans = items.stream().map(Item::scan).filter(Objects::nonNull).toList();
    Iterator<ScanResult> applied =
        (scans.isEmpty() ? List.<ScanResult>of() : applying.apply(scans)).iterator();
    List<ScanResult> results = new ArrayList<>(items.size());
    for (Item item : items) {
      if (item.scan() == null) {
        metrics.invalid(item.result());
      }
      results.add(item.scan() == null ? item.result() : applied.next());
    }
    return results;
  }

  private List<ScanResult> commit(List<Scan> scans) {
    AppliedBatch batch = transaction.apply(scans);
    metrics.applied(batch);
    return batch.results();
  }

  /**
   * Gives up the scans that are missing in a series.
   *
   * @return how many scans that waited were applied
   * @throws ProblemException 404 when there is no such series
   */
  public int skip(Series series) {
    AppliedBatch batch =
        transaction
            .skip(series)
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.NOT_FOUND, "The gate has no series with this number."));
    metrics.applied(batch);
    return batch.verdicts().size();
  }
}
