package io.boxoffice.stress.gates.device;

import io.boxoffice.gate.code.format.CodeCheck;
import io.boxoffice.gate.code.format.TicketVerifier;
import io.boxoffice.stress.gates.device.Journal.Waiting;
import io.boxoffice.stress.gates.ledger.Entry;
import io.boxoffice.stress.gates.ledger.GateLedger;
import io.boxoffice.stress.gates.ledger.Kind;
import io.boxoffice.stress.gates.ledger.Result;
import io.boxoffice.stress.gates.ledger.Scan;
import io.boxoffice.stress.gates.ledger.Showing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Scans tickets at a gate. With a network the shop decides; without one, the device checks the code
 * and decides by itself. Every scan keeps its place until the shop has answered it. One thread uses
 * a device.
 */
public final class Device {
  private static final int MOST_IN_BATCH = 500;

  private final Setting setting;
  private final ScanLine line;
  private final Mishaps mishaps;
  private final GateLedger ledger;
  private final Tally tally;
  private final Consumer<Entry> answered;
  private final Journal journal;
  private final Set<UUID> passedHere = new HashSet<>();
  private long series = 1;
  private long sequence;

  /**
   * What a device is set up with.
   *
   * @param clockError added to the right time by the device's clock
   * @param journalSize how many scans it keeps without a result
   */
  public record Setting(
      String gate, UUID concertId, TicketVerifier verifier, Duration clockError, int journalSize) {}

  /**
   * A device with an empty journal, in series 1.
   *
   * @param answered gets each scan with its result
   */
  public Device(
      Setting setting,
      ScanLine line,
      Mishaps mishaps,
      GateLedger ledger,
      Tally tally,
      Consumer<Entry> answered) {
    this.setting = setting;
    this.line = line;
    this.mishaps = mishaps;
    this.ledger = ledger;
    this.tally = tally;
    this.answered = answered;
    this.journal = new Journal(setting.journalSize());
  }

  /**
   * Scans a code. When the journal is full, the gate is closed: the person is refused here.
   *
   * @param offline whether there is no network
   * @param arrivedNanos when the person arrived, by {@link System#nanoTime()}
   */
  public void scan(Showing showing, boolean offline, Instant now, long arrivedNanos) {
    boolean ours = isForThisConcert(showing);
    if (journal.isFull() || (offline && !letsPass(showing, ours))) {
      ledger.refuseHere();
      return;
    }
    sequence++;
    Scan scan =
        new Scan(
            UUID.randomUUID(),
            setting.gate(),
            series,
            sequence,
            showing,
            offline,
            now.plus(setting.clockError()));
    journal.add(new Waiting(scan, arrivedNanos));
    tally.scanned(offline);
    if (offline && !showing.outwards()) {
      passedHere.add(showing.ticketId());
    }
  }

  private boolean letsPass(Showing showing, boolean ours) {
    return ours && (showing.outwards() || !passedHere.contains(showing.ticketId()));
  }

  /** Checks the code without network, and notes when the check is wrong. */
  private boolean isForThisConcert(Showing showing) {
    CodeCheck check = setting.verifier().check(showing.code());
    boolean genuine = check instanceof CodeCheck.Genuine;
    if (genuine == (showing.kind() == Kind.FORGED)) {
      ledger.fault(
          "%s: the check without network finds a code of the kind %s %s"
              .formatted(setting.gate(), showing.kind(), genuine ? "genuine" : "forged"));
    }
    return check instanceof CodeCheck.Genuine found
        && found.code().concertId().equals(setting.concertId());
  }

  /**
   * Sends the oldest scans, once.
   *
   * @return whether the shop answered and all that was sent has a result; otherwise try later
   */
  public boolean send(Instant now) {
    List<Waiting> batch = journal.first(MOST_IN_BATCH);
    if (batch.isEmpty()) {
      return true;
    }
    List<Scan> scans = batch.stream().map(Waiting::scan).toList();
    List<Result> results;
    try {
      results = line.send(scans, now.plus(setting.clockError()));
    } catch (IOException noAnswer) {
      return again();
    }
    if (mishaps.losesAnswer()) {
      return again();
    }
    for (int i = 0; i < batch.size(); i++) {
      if (results.get(i).isToBeSentAgain()) {
        return again();
      }
      journal.remove();
      note(batch.get(i), results.get(i));
    }
    if (mishaps.repeats()) {
      repeat(scans, results, now);
    }
    return true;
  }

  private boolean again() {
    tally.retried();
    ledger.sendAgain();
    return false;
  }

  private void note(Waiting waiting, Result result) {
    Entry entry = new Entry(waiting.scan(), result);
    Showing showing = waiting.scan().showing();
    if (result.is(Result.ADMITTED)) {
      passedHere.add(showing.ticketId());
    }
    ledger.add(entry);
    tally.answered(entry, System.nanoTime() - waiting.sinceNanos());
    answered.accept(entry);
  }

  /** Sends a batch that was answered a second time, as a network may do it. */
  private void repeat(List<Scan> scans, List<Result> before, Instant now) {
    ledger.sendAgain();
    List<Result> results;
    try {
      results = line.send(scans, now.plus(setting.clockError()));
    } catch (IOException noAnswer) {
      return;
    }
    for (int i = 0; i < scans.size(); i++) {
      Result result = results.get(i);
      if (!result.agreesWith(before.get(i)) || (result.isApplied() && !result.repeated())) {
        ledger.fault(
            "%s was %s, and its repetition is %s%s"
                .formatted(
                    scans.get(i).name(),
                    before.get(i).text(),
                    result.text(),
                    result.repeated() ? "" : " and not marked as repeated"));
      }
    }
  }

  /** Loses the count and the memory of the tickets that have passed, and takes a greater series. */
  public void reset(Instant now) {
    series = Math.max(series + 1, now.getEpochSecond());
    sequence = 0;
    passedHere.clear();
  }

  /** Whether a person waits at the gate for the shop's answer. */
  public boolean isAwaited() {
    return journal.hasOnline();
  }

  /** How many scans have no result. */
  public int waiting() {
    return journal.size();
  }

  /** Notes what has no result, because the run ends. */
  public void end() {
    journal.first(Integer.MAX_VALUE).forEach(waiting -> ledger.leaveOpen(waiting.scan()));
  }
}
