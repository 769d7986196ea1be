package io.boxoffice.gate.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.gate.state.DeviceMode;
import io.boxoffice.gate.state.Direction;
import io.boxoffice.gate.state.ItemProblem;
import io.boxoffice.gate.state.Scan;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.state.Series;
import io.boxoffice.gate.store.ScanTransaction;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.testing.Eventually;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScanDeskTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final CountDownLatch released = new CountDownLatch(1);

  /** The gates of the scans of each transaction. */
  private final List<List<String>> transactions = Collections.synchronizedList(new ArrayList<>());

  private final ScanDesk desk = new ScanDesk(this::apply, 1, LIMIT);

  @AfterEach
  void release() {
    released.countDown();
  }

  /** The first transaction waits until it is released. */
  private List<ScanResult> apply(List<Scan> scans) {
    List<String> gates = scans.stream().map(scan -> scan.series().gate()).toList();
    transactions.add(gates);
    try {
      if (gates.contains("first") && !released.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("The test never released the transaction.");
      }
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    if (gates.contains("broken")) {
      throw new IllegalArgumentException("a scan that nothing can apply");
    }
    if (gates.contains("away")) {
      throw new ConnectionException(new SQLException("away", "08006"));
    }
    return scans.stream().map(ScanDeskTest::resultOf).toList();
  }

  private static ScanResult resultOf(Scan scan) {
    return ScanResult.invalid(scan.scanId(), ItemProblem.REJECTED, scan.series().gate());
  }

  private static List<Scan> scans(String gate, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            sequence ->
                new Scan(
                    UUID.randomUUID(),
                    new Series(gate, 1),
                    sequence,
                    UUID.randomUUID(),
                    null,
                    Direction.IN,
                    DeviceMode.ONLINE,
                    null,
                    Instant.EPOCH))
        .toList();
  }

  private CompletableFuture<List<ScanResult>> request(List<Scan> scans) {
    return CompletableFuture.supplyAsync(() -> desk.apply(scans), task -> new Thread(task).start());
  }

  /** Sends requests behind one whose transaction runs, each after the one before has arrived. */
  private List<CompletableFuture<List<ScanResult>>> behindAnother(List<List<Scan>> requests) {
    CompletableFuture<List<ScanResult>> first = request(scans("first", 1));
    Eventually.within(LIMIT, () -> transactions.size() == 1);
    List<CompletableFuture<List<ScanResult>>> all = new ArrayList<>(List.of(first));
    for (List<Scan> scans : requests) {
      int before = desk.depth();
      all.add(request(scans));
      Eventually.within(LIMIT, () -> desk.depth() > before);
    }
    released.countDown();
    return all;
  }

  @Test
  void requestsThatArriveDuringATransactionShareTheNextOne() {
    List<List<Scan>> requests = List.of(scans("north", 2), scans("south", 1), scans("east", 3));
    List<CompletableFuture<List<ScanResult>>> answers = behindAnother(requests);
    for (int i = 0; i < requests.size(); i++) {
      assertThat(answers.get(i + 1).join())
          .isEqualTo(requests.get(i).stream().map(ScanDeskTest::resultOf).toList());
    }
    assertThat(transactions)
        .containsExactly(
            List.of("first"), List.of("north", "north", "south", "east", "east", "east"));
  }

  @Test
  void aTransactionHasAtMostItsNumberOfScans() {
    List<List<Scan>> requests =
        Stream.of("north", "south", "east").map(gate -> scans(gate, 400)).toList();
    behindAnother(requests).forEach(CompletableFuture::join);
    assertThat(transactions).hasSize(3);
    assertThat(transactions.get(1)).hasSize(800);
    assertThat(transactions.get(1).size()).isLessThanOrEqualTo(ScanTransaction.MOST_SCANS);
    assertThat(transactions.get(2)).hasSize(400).containsOnly("east");
  }

  @Test
  void aScanThatFailsStopsNoOtherRequest() {
    List<CompletableFuture<List<ScanResult>>> answers =
        behindAnother(List.of(scans("north", 1), scans("broken", 1), scans("south", 1)));
    assertThat(answers.get(1).join()).hasSize(1);
    assertThatThrownBy(answers.get(2)::join).hasRootCauseInstanceOf(IllegalArgumentException.class);
    assertThat(answers.get(3).join()).hasSize(1);
  }

  @Test
  void whileTheDatabaseIsAwayNothingIsTriedAlone() {
    List<CompletableFuture<List<ScanResult>>> answers =
        behindAnother(List.of(scans("north", 1), scans("away", 1)));
    assertThatThrownBy(answers.get(1)::join).hasCauseInstanceOf(ConnectionException.class);
    assertThatThrownBy(answers.get(2)::join).hasCauseInstanceOf(ConnectionException.class);
    assertThat(transactions).hasSize(2);
  }

  @Test
  void aRequestThatWaitsTooLongIsToldSoAndIsNotApplied() {
    ScanDesk impatient = new ScanDesk(this::apply, 1, Duration.ofMillis(50));
    CompletableFuture<List<ScanResult>> first =
        CompletableFuture.supplyAsync(
            () -> impatient.apply(scans("first", 1)), task -> new Thread(task).start());
    Eventually.within(LIMIT, () -> transactions.size() == 1);
    assertThatThrownBy(() -> impatient.apply(scans("north", 1)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().code()).isEqualTo("overloaded"));
    released.countDown();
    assertThat(first.join()).hasSize(1);
    assertThat(transactions).containsExactly(List.of("first"));
  }
}
