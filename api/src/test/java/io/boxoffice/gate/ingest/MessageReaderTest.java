package io.boxoffice.gate.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import io.boxoffice.gate.scan.ScanService;
import io.boxoffice.gate.scan.TestScans;
import io.dropwizard.jackson.Jackson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which messages are read, and by which clock. */
class MessageReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-30T20:00:00Z");

  private final ScanService scans = TestScans.of(null);
  private final MessageReader reader =
      new MessageReader(Jackson.newObjectMapper(), scans::read, Clock.fixed(NOW, ZoneOffset.UTC));

  private static String scan(long sequence) {
    return """
        {"scanId": "%s", "gate": "north", "sequence": %d, "ticketId": "%s"}"""
        .formatted(UUID.randomUUID(), sequence, UUID.randomUUID());
  }

  private static String offline(String scannedAt) {
    return scan(1)
        .replace("}", ", \"deviceMode\": \"offline\", \"scannedAt\": \"%s\"}")
        .formatted(scannedAt);
  }

  private Message read(String body, Instant publishedAt) {
    BasicProperties properties =
        new BasicProperties.Builder()
            .timestamp(publishedAt == null ? null : Date.from(publishedAt))
            .build();
    return reader.read(
        new Received(
            null,
            null,
            new Envelope(1, false, ScanTopology.SCANS, "north"),
            properties,
            body.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Long> sequences(Message message) {
    return message.scans().stream().map(one -> one.item().scan().sequence()).toList();
  }

  private static List<String> reasons(Message message) {
    return message.dead().stream().map(DeadLetter::reason).toList();
  }

  @Test
  void aScanABatchAndLinesAreRead() {
    assertThat(sequences(read(scan(7), null))).containsExactly(7L);
    assertThat(sequences(read("{\"scans\": [" + scan(1) + ", " + scan(2) + "]}", null)))
        .containsExactly(1L, 2L);
    Message lines = read(scan(1) + "\n\n" + scan(2) + "\r\n", null);
    assertThat(sequences(lines)).containsExactly(1L, 2L);
    assertThat(lines.dead()).isEmpty();
  }

  @Test
  void aLineThatIsNoScanLeavesTheOthers() {
    Message message = read(scan(1) + "\n{broken\n[]\n" + scan(2), null);
    assertThat(sequences(message)).containsExactly(1L, 2L);
    assertThat(reasons(message)).containsExactly("unreadable", "unreadable");
    assertThat(message.dead().get(0).body()).isEqualTo("{broken".getBytes(StandardCharsets.UTF_8));
    assertThat(message.dead().get(0).detail()).contains("Line 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "7", "[]", "null", "{\"scans\": []}", "a line\nanother line"})
  void aMessageWithoutAScanIsOneDeadLetter(String body) {
    Message message = read(body, null);
    assertThat(message.scans()).isEmpty();
    assertThat(reasons(message)).containsExactly("unreadable");
    assertThat(message.dead().get(0).body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aMessageHasLimits() {
    assertThat(reasons(read(" ".repeat(MessageReader.MOST_BYTES + 1), null)))
        .containsExactly("too-large");
    assertThat(reasons(read("{}\n".repeat(MessageReader.MOST_SCANS + 1), null)))
        .containsExactly("too-many-scans");
    assertThat(reasons(read(scan(1) + "\nx".repeat(MessageReader.MOST_SCANS), null)))
        .containsExactly("too-many-scans");
    assertThat(read("{}\n".repeat(MessageReader.MOST_SCANS), null).scans())
        .hasSize(MessageReader.MOST_SCANS);
  }

  @Test
  void aDeepMessageIsADeadLetter() {
    assertThat(reasons(read("[".repeat(100_000), null))).containsExactly("unreadable");
  }

  private Instant judgedAt(String deviceTime, String scannedAt, Instant publishedAt) {
    String body =
        "{\"deviceTime\": \"%s\", \"scans\": [%s]}".formatted(deviceTime, offline(scannedAt));
    return read(body, publishedAt).scans().get(0).item().scan().judgedAt();
  }

  @Test
  void theTimeOfTheMessageCorrectsTheDevicesClock() {
    // The device is an hour ahead, and the message has waited for half an hour.
    Instant published = NOW.minusSeconds(1_800);
    assertThat(judgedAt("2026-11-30T20:30:00Z", "2026-11-30T20:20:00Z", published))
        .isEqualTo("2026-11-30T19:20:00Z");
  }

  @Test
  void withoutTheTimeOfTheMessageTheDevicesClockIsTakenAsRight() {
    assertThat(judgedAt("2026-11-30T19:30:00Z", "2026-11-30T19:20:00Z", null))
        .isEqualTo("2026-11-30T19:20:00Z");
  }

  @Test
  void aMessageOfTheFutureOrOfLongAgoDoesNoHarm() {
    Instant future = NOW.plusSeconds(3_600);
    assertThat(read(scan(1), future).scans().get(0).item().scan().judgedAt()).isEqualTo(NOW);
    assertThat(read(scan(1), Instant.EPOCH).scans().get(0).item().scan().judgedAt())
        .isEqualTo("2026-10-31T20:00:00Z");
  }
}
