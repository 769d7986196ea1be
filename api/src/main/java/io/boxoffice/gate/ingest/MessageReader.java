package io.boxoffice.gate.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.boxoffice.gate.ingest.Message.OneScan;
import io.boxoffice.gate.scan.ScanReader;
import io.boxoffice.gate.scan.ScanReader.Item;
import io.boxoffice.gate.state.DeviceClock;
import io.boxoffice.gate.store.ScanTransaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads messages of shippers: one scan, a batch as in a request, or a scan in each line. It never
 * throws: what it cannot read is a dead letter, and the rest of the message counts.
 */
final class MessageReader {
  /** The most scans of a message. */
  static final int MOST_SCANS = ScanTransaction.MOST_SCANS;

  /** The most bytes of a message, so that the memory of a replica is bounded. */
  static final int MOST_BYTES = 256 * 1024;

  private static final String SCANS = "scans";
  private static final String DEVICE_TIME = "deviceTime";

  private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);

  private final ObjectMapper json;
  private final ObjectReader strict;
  private final BiFunction<JsonNode, DeviceClock, Item> scans;
  private final Clock clock;

  /**
   * Creates a reader.
   *
   * @param scans reads one scan
   */
  MessageReader(ObjectMapper json, BiFunction<JsonNode, DeviceClock, Item> scans, Clock clock) {
    this.json = json;
    this.strict = json.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    this.scans = scans;
    this.clock = clock;
  }

  /** Reads a message. */
  Message read(Received received) {
    try {
      return readAll(received);
    } catch (RuntimeException unforeseen) {
      LOG.error("A message cannot be read and becomes a dead letter", unforeseen);
      return dead(received, MessageProblem.UNREADABLE, "The message cannot be read.");
    }
  }

  private Message readAll(Received received) {
    byte[] body = received.body();
    if (body.length > MOST_BYTES) {
      String detail = "The message has more than %d bytes.".formatted(MOST_BYTES);
      return dead(received, MessageProblem.TOO_LARGE, detail);
    }
    Reading reading = new Reading(received);
    JsonNode whole = tree(body);
    if (whole == null) {
      reading.lines(new String(body, StandardCharsets.UTF_8));
    } else if (whole.path(SCANS).isArray()) {
      reading.setClock(whole.path(DEVICE_TIME));
      whole.get(SCANS).forEach(reading::scan);
    } else if (whole.isObject()) {
      reading.scan(whole);
    }
    if (reading.size() > MOST_SCANS) {
      String detail = "The message has more than %d scans.".formatted(MOST_SCANS);
      return dead(received, MessageProblem.TOO_MANY_SCANS, detail);
    }
    if (reading.scans.isEmpty()) {
      return dead(received, MessageProblem.UNREADABLE, "The message has no scan.");
    }
    return new Message(reading.scans, reading.dead);
  }

  /** Returns a message with this scan alone. */
  byte[] bytes(JsonNode scan) {
    try {
      return json.writeValueAsBytes(scan);
    } catch (JsonProcessingException neverForATree) {
      throw new IllegalStateException(neverForATree);
    }
  }

  private static Message dead(Received received, MessageProblem problem, String detail) {
    return new Message(
        List.of(),
        List.of(new DeadLetter(problem.text(), detail, received.gate(), received.body())));
  }

  /** Returns null if the bytes are not exactly one JSON value. */
  private JsonNode tree(byte[] bytes) {
    try {
      JsonNode tree = strict.readTree(bytes);
      return tree == null || tree.isMissingNode() ? null : tree;
    } catch (IOException notOne) {
      return null;
    }
  }

  /** Reads one message. */
  private final class Reading {
    private final Received received;
    private final List<OneScan> scans = new ArrayList<>();
    private final List<DeadLetter> dead = new ArrayList<>();
    private DeviceClock deviceClock;

    Reading(Received received) {
      this.received = received;
      this.deviceClock = DeviceClock.of(null, receivedAt());
    }

    int size() {
      return scans.size() + dead.size();
    }

    /** When the shipper had the scans, if it says so; a message may wait for long. */
    private Instant receivedAt() {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      Instant published = received.publishedAt();
      if (published == null || published.isAfter(now)) {
        return now;
      }
      Instant oldest = now.minus(DeviceClock.OLDEST);
      return published.isBefore(oldest) ? oldest : published;
    }

    /**
     * Compares the device's clock with the time of the message. Without that time, a difference
     * would count the wait as well, so the device's clock is taken as right.
     */
    void setClock(JsonNode deviceTime) {
      Instant time = received.publishedAt() == null ? null : time(deviceTime);
      deviceClock = DeviceClock.of(time, receivedAt());
    }

    private Instant time(JsonNode node) {
      try {
        Instant time = json.treeToValue(node, Instant.class);
        return time != null && ScanReader.isUsable(time) ? time : null;
      } catch (JsonProcessingException notATime) {
        return null;
      }
    }

    void scan(JsonNode one) {
      try {
        scans.add(new OneScan(one, MessageReader.this.scans.apply(one, deviceClock)));
      } catch (RuntimeException unforeseen) {
        LOG.error("A scan cannot be read and becomes a dead letter", unforeseen);
        String detail = "The scan cannot be read.";
        dead.add(
            new DeadLetter(MessageProblem.UNREADABLE.text(), detail, received.gate(), bytes(one)));
      }
    }

    void lines(String text) {
      int number = 0;
      for (String line : text.split("\n", -1)) {
        number++;
        if (!line.isBlank() && size() <= MOST_SCANS) {
          line(number, line);
        }
      }
    }

    private void line(int number, String line) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      JsonNode tree = tree(bytes);
      if (tree == null || !tree.isObject()) {
        String detail = "Line %d is not one JSON object.".formatted(number);
        dead.add(new DeadLetter(MessageProblem.UNREADABLE.text(), detail, received.gate(), bytes));
      } else if (tree.size() == 1 && tree.has(DEVICE_TIME)) {
        setClock(tree.get(DEVICE_TIME));
      } else {
        scan(tree);
      }
    }
  }
}
