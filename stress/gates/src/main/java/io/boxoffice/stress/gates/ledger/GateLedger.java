package io.boxoffice.stress.gates.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps what one gate did. Its device writes it; the audit reads it when the device has ended. */
public final class GateLedger {
  private static final int MOST_FAULTS = 100;

  private final String gate;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Scan> open = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private long refusedHere;
  private long sentAgain;

  /** The empty ledger of a gate. */
  public GateLedger(String gate) {
    this.gate = gate;
  }

  /** The name of the gate. */
  public String gate() {
    return gate;
  }

  /** Notes a result. */
  public synchronized void add(Entry entry) {
    entries.add(entry);
  }

  /** Notes a scan that has no result when the device ends. */
  public synchronized void leaveOpen(Scan scan) {
    open.add(scan);
  }

  /** Notes what the device itself found to be wrong; of many faults, the first 100. */
  public synchronized void fault(String sentence) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(sentence);
    }
  }

  /** Counts a person that the device refused by itself, without network. */
  public synchronized void refuseHere() {
    refusedHere++;
  }

  /** Counts a batch that was sent again. */
  public synchronized void sendAgain() {
    sentAgain++;
  }

  /** All results, in the order in which they were given. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The scans without a result. */
  public synchronized List<Scan> open() {
    return List.copyOf(open);
  }

  /** What the device found to be wrong. */
  public synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /** How many persons the device refused by itself. */
  public synchronized long refusedHere() {
    return refusedHere;
  }

  /** How many batches were sent again. */
  public synchronized long sentAgain() {
    return sentAgain;
  }

  /** How many results fulfil a condition. */
  public synchronized long count(Predicate<Entry> condition) {
    return entries.stream().filter(condition).count();
  }
}
