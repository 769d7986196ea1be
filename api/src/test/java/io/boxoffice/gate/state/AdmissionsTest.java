package io.boxoffice.gate.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionsTest {
  private static final Instant OPENS = Instant.parse("2040-06-01T16:00:00Z");
  private static final Instant CLOSES = Instant.parse("2040-06-02T01:00:00Z");
  private static final EntryWindow ONCE = new EntryWindow(OPENS, CLOSES, false);
  private static final EntryWindow RE_ENTRY = new EntryWindow(OPENS, CLOSES, true);
  private static final Optional<TicketFacts> VALID = Optional.of(new TicketFacts(true, false));
  private static final UUID TICKET = UUID.randomUUID();

  private final Admissions admissions = new Admissions(new HashMap<>());

  private static Scan scan(Direction direction, Instant judgedAt, Reason fault, UUID ticket) {
    return new Scan(
        UUID.randomUUID(),
        new Series("north", 1),
        1,
        ticket,
        fault,
        direction,
        DeviceMode.OFFLINE,
        judgedAt,
        judgedAt);
  }

  private static Scan in(Instant judgedAt) {
    return scan(Direction.IN, judgedAt, null, TICKET);
  }

  private static Scan out() {
    return scan(Direction.OUT, OPENS, null, TICKET);
  }

  private Verdict decide(Scan scan) {
    return admissions.decide(scan, VALID, ONCE);
  }

  @Test
  void aTicketIsAdmittedOnce() {
    assertThat(decide(in(OPENS))).isEqualTo(Verdict.ADMITTED);
    assertThat(admissions.presence(TICKET).inside()).isTrue();
    assertThat(decide(in(OPENS))).isEqualTo(Verdict.refused(Reason.ALREADY_ADMITTED));
    assertThat(admissions.presence(TICKET)).isEqualTo(new Presence(1, 0));
  }

  @Test
  void aTicketThatHasLeftEntersAgainOnlyWithReEntry() {
    decide(in(OPENS));
    assertThat(decide(out())).isEqualTo(Verdict.LEFT);
    assertThat(decide(in(OPENS))).isEqualTo(Verdict.refused(Reason.ALREADY_ADMITTED));
    assertThat(admissions.decide(in(OPENS), VALID, RE_ENTRY)).isEqualTo(Verdict.ADMITTED);
    assertThat(admissions.decide(in(OPENS), VALID, RE_ENTRY))
        .isEqualTo(Verdict.refused(Reason.ALREADY_ADMITTED));
    assertThat(admissions.presence(TICKET)).isEqualTo(new Presence(2, 1));
  }

  @Test
  void onlyATicketThatIsInsideLeaves() {
    assertThat(decide(out())).isEqualTo(Verdict.refused(Reason.NOT_INSIDE));
    decide(in(OPENS));
    assertThat(decide(out())).isEqualTo(Verdict.LEFT);
    assertThat(decide(out())).isEqualTo(Verdict.refused(Reason.NOT_INSIDE));
  }

  @ParameterizedTest
  @CsvSource({
    "2040-06-01T15:59:59.999999Z, TOO_EARLY",
    "2040-06-01T16:00:00Z,",
    "2040-06-02T00:59:59.999999Z,",
    "2040-06-02T01:00:00Z, TOO_LATE",
  })
  void theWindowHasItsBeginningAndNotItsEnd(Instant judgedAt, Reason reason) {
    assertThat(decide(in(judgedAt)).reason()).isEqualTo(reason);
  }

  @Test
  void aPersonMayLeaveAfterTheEnd() {
    decide(in(OPENS));
    assertThat(decide(scan(Direction.OUT, CLOSES, null, TICKET))).isEqualTo(Verdict.LEFT);
  }

  @Test
  void theTicketDecidesBeforeTheWindow() {
    assertThat(admissions.decide(in(CLOSES), Optional.empty(), ONCE).reason())
        .isEqualTo(Reason.UNKNOWN);
    assertThat(
            admissions.decide(in(CLOSES), Optional.of(new TicketFacts(false, true)), ONCE).reason())
        .isEqualTo(Reason.WRONG_CONCERT);
    assertThat(
            admissions.decide(in(CLOSES), Optional.of(new TicketFacts(true, true)), ONCE).reason())
        .isEqualTo(Reason.CANCELLED);
  }

  @Test
  void aTicketThatWasCancelledInsideMayLeave() {
    decide(in(OPENS));
    Optional<TicketFacts> cancelled = Optional.of(new TicketFacts(true, true));
    assertThat(admissions.decide(out(), cancelled, ONCE)).isEqualTo(Verdict.LEFT);
    assertThat(admissions.decide(in(OPENS), cancelled, RE_ENTRY).reason())
        .isEqualTo(Reason.CANCELLED);
  }

  @ParameterizedTest
  @CsvSource({"FORGED", "UNREADABLE", "UNKNOWN"})
  void aFaultRefusesWhateverTheTicketIs(Reason fault) {
    assertThat(decide(scan(Direction.IN, OPENS, fault, TICKET))).isEqualTo(Verdict.refused(fault));
    assertThat(decide(scan(Direction.OUT, OPENS, fault, null))).isEqualTo(Verdict.refused(fault));
    assertThat(admissions.presence(TICKET)).isEqualTo(Presence.NEVER);
  }

  @Test
  void onlyARefusedOfflineEntryIsAConflict() {
    Scan offline = in(OPENS);
    Scan online =
        new Scan(
            offline.scanId(),
            offline.series(),
            1,
            TICKET,
            null,
            Direction.IN,
            DeviceMode.ONLINE,
            OPENS,
            OPENS);
    Verdict refused = Verdict.refused(Reason.CANCELLED);
    assertThat(refused.conflictsWith(offline)).isTrue();
    assertThat(refused.conflictsWith(online)).isFalse();
    assertThat(refused.conflictsWith(out())).isFalse();
    assertThat(Verdict.ADMITTED.conflictsWith(offline)).isFalse();
  }

  /** The model keeps which tickets are inside and which were; it knows no counts. */
  @Test
  void randomScansAgreeWithASimpleModel() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      boolean reEntry = random.nextBoolean();
      Admissions tried = new Admissions(new HashMap<>());
      Set<UUID> inside = new HashSet<>();
      Set<UUID> admitted = new HashSet<>();
      for (int i = 0; i < 200; i++) {
        UUID ticket = new UUID(0, random.nextInt(5));
        boolean entry = random.nextInt(3) > 0;
        Outcome expected;
        if (entry) {
          boolean may = reEntry ? !inside.contains(ticket) : !admitted.contains(ticket);
          expected = may ? Outcome.ADMITTED : Outcome.REFUSED;
          if (may) {
            inside.add(ticket);
            admitted.add(ticket);
          }
        } else {
          expected = inside.remove(ticket) ? Outcome.LEFT : Outcome.REFUSED;
        }
        Verdict verdict =
            tried.decide(
                scan(entry ? Direction.IN : Direction.OUT, OPENS, null, ticket),
                VALID,
                reEntry ? RE_ENTRY : ONCE);
        assertThat(verdict.outcome()).as("seed %d, scan %d", seed, i).isEqualTo(expected);
        assertThat(tried.presence(ticket).inside()).isEqualTo(inside.contains(ticket));
      }
    }
  }
}
