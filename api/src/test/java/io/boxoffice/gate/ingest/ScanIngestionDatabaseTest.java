package io.boxoffice.gate.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.GetResponse;
import io.boxoffice.gate.scan.ScanReader.Item;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.testing.BreakableProxy;
import io.boxoffice.testing.Eventually;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;

/** Tests that scans of a real broker are applied once and in order, whatever happens. */
class ScanIngestionDatabaseTest extends IngestKit {
  private static final int GATES = 8;
  private static final int SCANS = 250;

  /** Every tenth message comes twice, and each third message is a batch of lines. */
  private void publishEvening() {
    for (int gate = 0; gate < GATES; gate++) {
      hall.gate("gate-" + gate, hall.concertId());
    }
    List<UUID> tickets = hall.tickets(100);
    for (int sequence = 1; sequence <= SCANS; sequence += 2) {
      for (int gate = 0; gate < GATES; gate++) {
        String name = "gate-" + gate;
        UUID ticket = tickets.get((sequence * GATES + gate) % tickets.size());
        String first = scan(name, sequence, ticket);
        String second = scan(name, sequence + 1, ticket);
        publish(name, first);
        if (sequence % 10 == 1) {
          publish(name, first);
        }
        publish(name, second + "\n" + first);
      }
    }
  }

  private void allAreApplied() {
    Eventually.within(LIMIT, () -> applied() >= GATES * SCANS);
    assertThat(applied()).isEqualTo(GATES * SCANS);
    assertThat(hall.number("SELECT count(DISTINCT scan_id) FROM scans")).isEqualTo(GATES * SCANS);
    assertThat(hall.number("SELECT min(last_sequence) FROM gate_series WHERE gate LIKE 'gate-%'"))
        .isEqualTo(SCANS);
    assertThat(hall.number("SELECT count(*) FROM parked_scans")).isZero();
    assertThat(
            hall.number(
                "SELECT count(*) FROM (SELECT applied_at < lag(applied_at)"
                    + " OVER (PARTITION BY gate ORDER BY sequence) AS wrong FROM scans) AS pairs"
                    + " WHERE wrong"))
        .isZero();
    assertThat(hall.number("SELECT sum(admitted_count + refused_count) FROM attendance_minutes"))
        .isEqualTo(GATES * SCANS);
    assertThat(takeDead()).isNull();
  }

  @Test
  void eachScanIsAppliedOnceAlsoWhenAReplicaIsCutOff() {
    BreakableProxy proxy = BreakableProxy.to(rabbit.port());
    String behind = url.replace(":" + rabbit.port(), ":" + proxy.port());
    AtomicInteger batches = new AtomicInteger();
    replica(
        behind,
        new CollectorRegistry(),
        items -> {
          List<ScanResult> results = scans.results(items);
          if (batches.incrementAndGet() == 3) {
            proxy.close(); // The batch is committed and not acknowledged.
          }
          return results;
        });
    publishEvening();
    Eventually.within(LIMIT, () -> batches.get() >= 3);
    replica(prometheus);
    allAreApplied();
    assertThat(sample("gate_ingest_scans_total", "result", "repeated")).isPositive();
  }

  @Test
  void replicasShareThePartitions() {
    CollectorRegistry other = new CollectorRegistry();
    replica(prometheus);
    Eventually.within(LIMIT, () -> sample("gate_ingest_partitions", null, null) == PARTITIONS);
    ScanIngestion second = replica(other);
    Eventually.within(
        LIMIT,
        () ->
            sample("gate_ingest_partitions", null, null) == PARTITIONS / 2.0
                && other.getSampleValue("gate_ingest_partitions") == PARTITIONS / 2.0);
    publishEvening();
    second.stop();
    allAreApplied();
    Eventually.within(LIMIT, () -> sample("gate_ingest_partitions", null, null) == PARTITIONS);
  }

  @Test
  void whatCannotBeAppliedIsADeadLetterAndStopsNothing() {
    replica(prometheus);
    UUID ticket = hall.ticket();
    publish("north", scan("north", 1, ticket));
    publish("north", "{broken");
    publish("north", "{\"gate\": \"north\", \"sequence\": 2}");
    publish("north", scan("nowhere", 1, ticket));
    publish("north", scan("north", 2, ticket) + "\nbroken\n" + scan("north", 2, ticket));
    Eventually.within(LIMIT, () -> applied() == 2);
    List<String> reasons = new ArrayList<>();
    Eventually.within(
        LIMIT,
        () -> {
          GetResponse dead = takeDead();
          if (dead != null) {
            reasons.add(reason(dead));
          }
          return reasons.size() == 5;
        });
    assertThat(reasons)
        .containsExactlyInAnyOrder(
            "unreadable", "invalid-scan", "unknown-gate", "unreadable", "sequence-used");
    Eventually.within(LIMIT, () -> sample("gate_ingest_dead_total", "reason", "unreadable") == 2);
  }

  @Test
  void aDeadLetterCanBePublishedAgain() {
    replica(prometheus);
    String scan = scan("later", 1, hall.ticket());
    publish("later", scan);
    List<GetResponse> dead = new ArrayList<>();
    Eventually.within(
        LIMIT,
        () -> {
          GetResponse one = takeDead();
          return one != null && dead.add(one);
        });
    hall.gate("later", hall.concertId());
    publish("later", new String(dead.get(0).getBody(), StandardCharsets.UTF_8));
    Eventually.within(LIMIT, () -> applied() == 1);
  }

  @Test
  void scansBeyondTheBoundOfParkedOnesAreDeadLetters() {
    UUID ticket = hall.ticket();
    for (int sequence = 2; sequence <= 1_011; sequence++) {
      publish("north", scan("north", sequence, ticket));
    }
    replica(prometheus);
    Eventually.within(
        LIMIT, () -> sample("gate_ingest_dead_total", "reason", "too-many-parked") == 10);
    publish("north", scan("north", 1, ticket));
    Eventually.within(LIMIT, () -> applied() == 1_001);
    assertThat(reason(takeDead())).isEqualTo("too-many-parked");
  }

  @Test
  void whileTheDatabaseIsAwayNothingIsLost() {
    AtomicInteger failures = new AtomicInteger(12);
    replica(
        url,
        prometheus,
        items -> {
          if (failures.decrementAndGet() >= 0) {
            throw new ConnectionException(new SQLException("away", "08006"));
          }
          return scans.results(items);
        });
    publishEvening();
    allAreApplied();
    assertThat(sample("gate_ingest_failures_total", null, null)).isEqualTo(12);
  }

  @Test
  void aScanThatFailsEachTimeDoesNotStopItsBatch() {
    UUID poison = hall.ticket();
    replica(url, prometheus, items -> failOn(poison, items));
    UUID ticket = hall.ticket();
    publish(
        "north",
        scan("north", 1, ticket)
            + "\n"
            + scan("south", 1, poison)
            + "\n"
            + scan("north", 2, ticket));
    publish("north", scan("north", 3, ticket));
    Eventually.within(LIMIT, () -> applied() == 3);
    Eventually.within(LIMIT, () -> sample("gate_ingest_dead_total", "reason", "rejected") == 1);
    assertThat(reason(takeDead())).isEqualTo("rejected");
  }

  private List<ScanResult> failOn(UUID poison, List<Item> items) {
    if (items.stream().anyMatch(item -> poison.equals(item.scan().ticketId()))) {
      throw new IllegalStateException("poison");
    }
    return scans.results(items);
  }
}
