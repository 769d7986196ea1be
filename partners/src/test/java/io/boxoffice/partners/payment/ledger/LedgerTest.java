package io.boxoffice.partners.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.http.strict.StrictJson;
import io.dropwizard.jackson.Jackson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final ObjectMapper json = Jackson.newObjectMapper();

  @TempDir private Path directory;

  LedgerTest() {
    StrictJson.applyTo(json);
  }

  @Test
  void anAcknowledgedEntryIsInTheFileAndComesBack() throws Exception {
    Ledger ledger = open(Clock.systemUTC());
    Charge charge = charge(ledger, "key");
    ledger.journal().append(now -> new LedgerEntry.Refunded("r", charge.id(), refund(now))).get();
    Charge refunded = ledger.book().charge(charge.id()).orElseThrow();
    ledger.journal().append(now -> new LedgerEntry.Delivered(charge.id())).get();

    assertThat(Files.readString(file()).lines()).hasSize(3);
    ledger.journal().stop();

    Book replayed = open(Clock.systemUTC()).book();
    assertThat(replayed.charge(charge.id())).contains(refunded);
    assertThat(replayed.chargedWith("key").orElseThrow().charge()).isEqualTo(charge);
    assertThat(replayed.refundedWith("r")).contains(charge.id());
    assertThat(replayed.undelivered())
        .extracting(Callback::type)
        .containsExactly("charge.refunded");
  }

  /** The writer's thread itself looks into the file, at the moment of the acknowledgement. */
  @Test
  void anEntryIsInTheFileBeforeItIsAcknowledged() throws Exception {
    Ledger ledger = Ledger.open(Clock.systemUTC(), directory, json);
    var atAcknowledgement =
        ledger
            .journal()
            .append(now -> new LedgerEntry.Delivered(UUID.randomUUID()))
            .thenApply(delivered -> contents().contains(delivered.callbackId().toString()));
    ledger.journal().start();
    assertThat(atAcknowledgement.get(60, TimeUnit.SECONDS)).isTrue();
  }

  /** Every length at which a crash can leave the last line. */
  @Test
  void aLineThatWasCutOffIsRemovedAndEveryWholeLineStays() throws Exception {
    Ledger ledger = open(Clock.systemUTC());
    charge(ledger, "a");
    int first = (int) Files.size(file());
    charge(ledger, "b");
    ledger.journal().stop();
    byte[] whole = Files.readAllBytes(file());

    for (int length = first - 1; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      int lines =
          (int) new String(cut, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
      Files.write(file(), cut);

      Ledger again = open(Clock.systemUTC());
      assertThat(again.book().size()).as("cut at %d", length).isEqualTo(lines);
      charge(again, "c");
      again.journal().stop();

      Ledger third = open(Clock.systemUTC());
      assertThat(third.book().size()).as("appended after %d", length).isEqualTo(lines + 1);
      third.journal().stop();
    }
  }

  @Test
  void aDamagedLineBeforeTheLastStopsTheStart() throws Exception {
    Ledger ledger = open(Clock.systemUTC());
    charge(ledger, "a");
    ledger.journal().stop();
    Files.writeString(file(), "{\"entry\": \"char\n" + Files.readString(file()));

    assertThatThrownBy(() -> open(Clock.systemUTC()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("Line 1 of")
        .hasMessageContaining("PAYMENT_DATA_DIR");
  }

  @Test
  void aFolderHasOneLedgerAtATime() throws Exception {
    open(Clock.systemUTC());
    assertThatThrownBy(() -> open(Clock.systemUTC()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("PAYMENT_DATA_DIR")
        .hasMessageContaining("another payment partner");
  }

  @Test
  void afterAFailureNothingMoreIsWrittenUntilTheNextStart() throws Exception {
    Ledger ledger = open(Clock.systemUTC());
    charge(ledger, "a");
    assertThat(ledger.journal().isWritable()).isTrue();
    var failed =
        ledger
            .journal()
            .append(
                now -> {
                  throw new IllegalStateException("stands for a disk that fails");
                });
    assertThatThrownBy(() -> failed.get(60, TimeUnit.SECONDS))
        .hasMessageContaining("cannot be written");
    assertThat(ledger.journal().isWritable()).isFalse();
    assertThatThrownBy(() -> charge(ledger, "b")).hasMessageContaining("cannot be written");
    ledger.journal().stop();
    assertThat(open(Clock.systemUTC()).book().size()).isEqualTo(1);
  }

  @Test
  void timesNeverGoBackEvenIfTheClockDoes() throws Exception {
    Iterator<Instant> times = List.of(NOON, NOON.minusSeconds(60), NOON.plusSeconds(1)).iterator();
    Ledger ledger = open(clockOf(times));
    assertThat(List.of(charge(ledger, "a"), charge(ledger, "b"), charge(ledger, "c")))
        .extracting(Charge::createdAt)
        .containsExactly(NOON, NOON, NOON.plusSeconds(1));
  }

  @Test
  void pagesFollowEachOtherAndBeginAtATime() throws Exception {
    Iterator<Instant> times = List.of(NOON, NOON.plusSeconds(1), NOON.plusSeconds(2)).iterator();
    Ledger ledger = open(clockOf(times));
    List<Charge> all = List.of(charge(ledger, "a"), charge(ledger, "b"), charge(ledger, "c"));
    Book book = ledger.book();

    var first = book.page(null, null, null, 2).orElseThrow();
    assertThat(first.items()).isEqualTo(all.subList(0, 2));
    var second = book.page(null, null, first.next(), 2).orElseThrow();
    assertThat(second.items()).isEqualTo(all.subList(2, 3));
    assertThat(second.next()).isNull();
    assertThat(book.page(null, NOON.plusSeconds(1), null, 9).orElseThrow().items())
        .isEqualTo(all.subList(1, 3));
    assertThat(book.page(null, NOON.plusSeconds(3), null, 9).orElseThrow().items()).isEmpty();
    assertThat(book.page(all.get(1).reference(), null, null, 9).orElseThrow().items())
        .containsExactly(all.get(1));
    assertThat(book.page(null, null, UUID.randomUUID(), 9)).isEmpty();
  }

  private String contents() {
    try {
      return Files.readString(file());
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private Path file() {
    return directory.resolve("ledger.jsonl");
  }

  private Ledger open(Clock clock) {
    Ledger ledger = Ledger.open(clock, directory, json);
    ledger.journal().start();
    return ledger;
  }

  private static Clock clockOf(Iterator<Instant> times) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return times.next();
      }
    };
  }

  private static Refund refund(Instant now) {
    return new Refund(UUID.randomUUID(), now);
  }

  private static Charge charge(Ledger ledger, String key) throws Exception {
    NewCharge request = new NewCharge(500L, "EUR", "tok_ok", UUID.randomUUID());
    return ledger
        .journal()
        .append(
            now ->
                new LedgerEntry.Charged(
                    key,
                    request,
                    new Charge(
                        UUID.randomUUID(),
                        request.reference(),
                        request.amount(),
                        request.currency(),
                        Charge.Status.SUCCEEDED,
                        null,
                        null,
                        now)))
        .get(60, TimeUnit.SECONDS)
        .charge();
  }
}
