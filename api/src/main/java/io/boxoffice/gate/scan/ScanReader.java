package io.boxoffice.gate.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.gate.state.DeviceClock;
import io.boxoffice.gate.state.DeviceMode;
import io.boxoffice.gate.state.Direction;
import io.boxoffice.gate.state.ItemProblem;
import io.boxoffice.gate.state.Reason;
import io.boxoffice.gate.state.Scan;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.state.Series;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads one scan of a batch. A scan whose position can be read always takes it, so that the scans
 * after it do not wait for ever: if something else is wrong, it is refused as unreadable.
 */
public final class ScanReader {
  /** The form of a gate's name. */
  public static final String GATE_NAME = "^[a-z][a-z0-9-]{0,39}$";

  /** The longest code that is looked at, in characters. */
  private static final int LONGEST_CODE = 300;

  private static final Pattern GATE = Pattern.compile(GATE_NAME);

  private final ObjectMapper json;
  private final ScannedCode codes;

  ScanReader(ObjectMapper json, ScannedCode codes) {
    this.json = json;
    this.codes = codes;
  }

  /**
   * Holds a scan, or the result of one without a position.
   *
   * @param scan null if {@code result} is present
   */
  public record Item(Scan scan, ScanResult result) {}

  /** Signals a member that is not valid. */
  private static final class NotValidException extends Exception {
    private static final long serialVersionUID = 1L;

    NotValidException(String member) {
      super("'%s' is missing or not valid.".formatted(member), null, false, false);
    }
  }

  /** Reads a scan. */
  Item read(JsonNode item, DeviceClock clock) {
    UUID scanId = null;
    try {
      scanId = required(item, "scanId", UUID.class, id -> true);
      String gate = required(item, "gate", String.class, name -> GATE.matcher(name).matches());
      Long series = optional(item, "series", Long.class, number -> number > 0);
      long sequence = required(item, "sequence", Long.class, number -> number > 0);
      Series found = new Series(gate, series == null ? 1 : series);
      return new Item(scan(scanId, found, sequence, item, clock), null);
    } catch (NotValidException invalid) {
      return new Item(
          null, ScanResult.invalid(scanId, ItemProblem.INVALID_SCAN, invalid.getMessage()));
    }
  }

  private Scan scan(UUID scanId, Series series, long sequence, JsonNode item, DeviceClock clock) {
    try {
      Direction direction = optional(item, "direction", Direction::of, Direction.IN);
      DeviceMode mode = optional(item, "deviceMode", DeviceMode::of, DeviceMode.ONLINE);
      Instant scannedAt = optional(item, "scannedAt", Instant.class, ScanReader::isUsable);
      if (mode == DeviceMode.OFFLINE && scannedAt == null) {
        throw new NotValidException("scannedAt");
      }
      ScannedCode.Meaning meaning = ticket(item);
      return new Scan(
          scanId,
          series,
          sequence,
          meaning.ticketId(),
          meaning.refusal(),
          direction,
          mode,
          scannedAt,
          clock.judgedAt(mode, scannedAt));
    } catch (NotValidException unreadable) {
      return new Scan(
          scanId,
          series,
          sequence,
          null,
          Reason.UNREADABLE,
          Direction.IN,
          DeviceMode.ONLINE,
          null,
          clock.receivedAt());
    }
  }

  private ScannedCode.Meaning ticket(JsonNode item) throws NotValidException {
    UUID ticketId = optional(item, "ticketId", UUID.class, id -> true);
    String code = optional(item, "code", String.class, text -> text.length() <= LONGEST_CODE);
    if ((ticketId == null) == (code == null)) {
      throw new NotValidException("ticketId");
    }
    return code == null ? ScannedCode.Meaning.ticket(ticketId) : codes.read(code);
  }

  /** Whether PostgreSQL can store a time that a request may contain. */
  public static boolean isUsable(Instant time) {
    return !time.isBefore(Instant.EPOCH);
  }

  private <T> T required(JsonNode item, String member, Class<T> type, Check<T> check)
      throws NotValidException {
    T value = optional(item, member, type, check);
    if (value == null) {
      throw new NotValidException(member);
    }
    return value;
  }

  private <T> T optional(JsonNode item, String member, Function<String, T> parser, T otherwise)
      throws NotValidException {
    String text = optional(item, member, String.class, any -> true);
    try {
      return text == null ? otherwise : parser.apply(text);
    } catch (IllegalArgumentException unknown) {
      throw new NotValidException(member);
    }
  }

  /** Tells whether a value is in its range. */
  @FunctionalInterface
  private interface Check<T> {
    boolean accepts(T value);
  }

  private <T> T optional(JsonNode item, String member, Class<T> type, Check<T> check)
      throws NotValidException {
    JsonNode node = item.path(member);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    try {
      T value = json.treeToValue(node, type);
      if (check.accepts(value)) {
        return value;
      }
    } catch (JsonProcessingException anotherForm) {
      // Falls through: the member is rejected below.
    }
    throw new NotValidException(member);
  }
}
