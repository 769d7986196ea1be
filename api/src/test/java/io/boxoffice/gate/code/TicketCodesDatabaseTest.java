package io.boxoffice.gate.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import io.boxoffice.gate.code.format.CodeCheck;
import io.boxoffice.gate.code.format.TicketCode;
import io.boxoffice.gate.code.format.TicketVerifier;
import io.boxoffice.platform.key.KeyNumbers;
import io.boxoffice.platform.key.RotatingKeys;
import io.boxoffice.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.generic.GenericType;
import org.junit.jupiter.api.Test;

class TicketCodesDatabaseTest {
  private static final Duration LIFETIME = Duration.ofDays(90);
  private static final Duration KEPT = Duration.ofDays(400);
  private static final UUID TICKET = UUID.fromString("01900000-0000-7000-8000-000000000001");
  private static final UUID CONCERT = UUID.fromString("01900000-0000-7000-8000-000000000002");

  private final TestDatabase database = TestDatabase.migrated();
  private final Time time = new Time();
  private final RotatingKeys<OctetKeyPair> keys = replica(KeyNumbers.ALL);
  private final TicketCodes codes = new TicketCodes(keys);

  /** A clock that a test moves. */
  private static final class Time extends Clock {
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    void pass(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private RotatingKeys<OctetKeyPair> replica(KeyNumbers numbers) {
    return TicketKeys.in(
        database.jdbi(),
        time,
        new SecureRandom(),
        numbers,
        new TicketKeySettings(
            io.dropwizard.util.Duration.days(LIFETIME.toDays()),
            io.dropwizard.util.Duration.days(KEPT.toDays())));
  }

  private static List<String> published(RotatingKeys<OctetKeyPair> keys) {
    return keys.published().getKeys().stream().map(JWK::getKeyID).toList();
  }

  /** The verifier of a gate that reads the published keys now. */
  private TicketVerifier gate() {
    return TicketVerifier.of(
        keys.published().getKeys().stream()
            .map(JWK::toOctetKeyPair)
            .collect(
                Collectors.toMap(
                    key -> Integer.valueOf(key.getKeyID()), OctetKeyPair::getDecodedX)));
  }

  private Map<Integer, Boolean> withPrivatePart() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT number, jwk LIKE '%\"d\":%' AS private FROM ticket_keys")
                    .setMapKeyColumn("number")
                    .setMapValueColumn("private")
                    .collectInto(new GenericType<Map<Integer, Boolean>>() {}));
  }

  private static CodeCheck genuine(int key) {
    return new CodeCheck.Genuine(new TicketCode(key, TICKET, CONCERT));
  }

  @Test
  void aGateAcceptsWhatTheShopSignsAndTheShopToo() {
    String code = codes.codeOf(TICKET, CONCERT);

    assertThat(gate().check(code)).isEqualTo(genuine(1));
    assertThat(codes.check(code)).isEqualTo(genuine(1));
    assertThat(codes.codeOf(TICKET, CONCERT)).isEqualTo(code);
    assertThat(keys.published().getKeys()).hasSize(1).noneMatch(JWK::isPrivate);
  }

  @Test
  void theShopRefusesWhatAGateRefuses() {
    String code = codes.codeOf(TICKET, CONCERT);
    String other = codes.codeOf(CONCERT, TICKET);
    String forged = code.substring(0, 55) + other.substring(55);

    assertThat(codes.check(forged)).isEqualTo(gate().check(forged));
    assertThat(codes.check(forged)).isEqualTo(new CodeCheck.Refused(CodeCheck.Reason.FORGED));
    assertThat(codes.check("BX1:000" + code.substring(7)))
        .isEqualTo(new CodeCheck.Refused(CodeCheck.Reason.UNKNOWN_KEY));
    assertThat(codes.check(null)).isEqualTo(new CodeCheck.Refused(CodeCheck.Reason.MALFORMED));
  }

  @Test
  void replicasThatSignFirstAtTheSameTimeShareOneKey() {
    List<RotatingKeys<OctetKeyPair>> replicas =
        IntStream.range(0, 3).mapToObj(i -> replica(KeyNumbers.ALL)).toList();
    List<CompletableFuture<String>> signed =
        replicas.stream()
            .map(
                replica ->
                    CompletableFuture.supplyAsync(
                        () -> new TicketCodes(replica).codeOf(TICKET, CONCERT)))
            .toList();
    assertThat(signed.stream().map(CompletableFuture::join).distinct()).hasSize(1);
  }

  @Test
  void aKeyIsPublishedADayBeforeItSignsAndItsCodesStayValid() {
    String printed = codes.codeOf(TICKET, CONCERT);
    keys.follow();

    time.pass(LIFETIME.minus(TicketKeys.LEAD).minusSeconds(1));
    keys.follow();
    assertThat(published(keys)).containsExactly("1");

    time.pass(Duration.ofSeconds(1));
    keys.follow();
    assertThat(published(keys)).containsExactly("2", "1");
    TicketVerifier offline = gate();
    assertThat(codes.codeOf(TICKET, CONCERT)).isEqualTo(printed);

    time.pass(TicketKeys.LEAD);
    assertThat(offline.check(codes.codeOf(TICKET, CONCERT))).isEqualTo(genuine(2));
    assertThat(offline.check(printed)).isEqualTo(genuine(1));
  }

  @Test
  void aKeyLosesItsPrivatePartADayAfterItSignedAndIsPublishedUntilItIsNoLongerKept() {
    String printed = codes.codeOf(TICKET, CONCERT);
    time.pass(LIFETIME.minus(TicketKeys.LEAD));
    keys.follow();
    time.pass(TicketKeys.LEAD.multipliedBy(2).minusSeconds(1));
    keys.follow();
    assertThat(withPrivatePart()).containsOnly(Map.entry(1, true), Map.entry(2, true));

    time.pass(Duration.ofSeconds(1));
    keys.follow();
    keys.follow();
    assertThat(withPrivatePart()).containsOnly(Map.entry(1, false), Map.entry(2, true));
    assertThat(gate().check(printed)).isEqualTo(genuine(1));
    assertThat(codes.check(printed)).isEqualTo(genuine(1));

    time.pass(KEPT.minus(TicketKeys.LEAD).minusSeconds(1));
    keys.follow();
    keys.follow();
    assertThat(gate().check(printed)).isEqualTo(genuine(1));

    time.pass(Duration.ofSeconds(1));
    keys.follow();
    keys.follow();
    assertThat(gate().check(printed))
        .isEqualTo(new CodeCheck.Refused(CodeCheck.Reason.UNKNOWN_KEY));
  }

  @Test
  void withoutAPrivateKeyTheNextOneIsCreatedAtOnce() {
    String printed = codes.codeOf(TICKET, CONCERT);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE ticket_keys SET jwk = CAST(CAST(jwk AS jsonb) - 'd' AS text)"));

    keys.follow();

    assertThat(codes.codeOf(TICKET, CONCERT)).isNotEqualTo(printed);
    assertThat(gate().check(codes.codeOf(TICKET, CONCERT))).isEqualTo(genuine(2));
    assertThat(gate().check(printed)).isEqualTo(genuine(1));
  }
}
