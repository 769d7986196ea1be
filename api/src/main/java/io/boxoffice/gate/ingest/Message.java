package io.boxoffice.gate.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.gate.scan.ScanReader.Item;
import java.util.List;

/**
 * Holds what a message says.
 *
 * @param scans in the order of the message
 * @param dead what cannot be read
 */
record Message(List<OneScan> scans, List<DeadLetter> dead) {
  /** A scan with its text, which a dead letter repeats. */
  record OneScan(JsonNode json, Item item) {}
}
