package io.boxoffice.partners.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BehaviourTest {
  private static final String SPREAD = "{\"type\": \"uniform\", \"min\": \"1s\", \"max\": \"4s\"}";

  @Test
  void theSameSeedRepeatsARunAndAnotherOneDoesNot() {
    assertThat(run(new Behaviour(Parts.settings(SPREAD, 10, 5, 7), 0)))
        .isEqualTo(run(new Behaviour(Parts.settings(SPREAD, 10, 5, 7), 0)))
        .isNotEqualTo(run(new Behaviour(Parts.settings(SPREAD, 10, 5, 8), 0)));
  }

  @Test
  void aRestartGoesOnWithTheDraws() {
    List<Behaviour.Fate> whole = fates(new Behaviour(Parts.settings(SPREAD, 10, 5, 7), 0), 20);
    assertThat(fates(new Behaviour(Parts.settings(SPREAD, 10, 5, 7), 10), 10))
        .isEqualTo(whole.subList(10, 20));
  }

  @Test
  void theSharesAreThoseOfTheSettings() {
    List<Behaviour.Fate> fates = fates(new Behaviour(Parts.settings(SPREAD, 10, 5, 7), 0), 10_000);
    // Four standard deviations of a binomial distribution.
    assertThat(fates.stream().filter(fate -> fate.declineReason() != null).count())
        .isBetween(830L, 1_070L);
    assertThat(fates.stream().filter(Behaviour.Fate::lost).count()).isBetween(413L, 587L);
    assertThat(fates)
        .allMatch(fate -> fate.delay().compareTo(Duration.ofSeconds(1)) >= 0)
        .allMatch(fate -> fate.delay().compareTo(Duration.ofSeconds(4)) <= 0);
    Behaviour behaviour = new Behaviour(Parts.settings(SPREAD, 10, 5, 7), 0);
    assertThat(IntStream.range(0, 10_000).filter(i -> behaviour.nextCallback().size() == 2).count())
        .isBetween(1_840L, 2_160L); // 20 of 100 are duplicated
  }

  @ParameterizedTest
  @CsvSource({
    "tok_ok, 2000, , false",
    "tok_declined, 2000, card-declined, false",
    "tok_insufficient, 2000, insufficient-funds, false",
    "tok_lost, 2000, , true",
    "tok_slow, 20000, , false",
    "tok_late, 900000, , false"
  })
  void aTokenNamesWhatHappens(String token, long millis, String reason, boolean lost) {
    assertThat(
            new Behaviour(Parts.settings("2s", 0, 0, 1), 0)
                .nextCharge(TestToken.of(token).orElseThrow()))
        .isEqualTo(new Behaviour.Fate(Duration.ofMillis(millis), reason, lost));
  }

  @Test
  void chanceTouchesOnlyTokOk() {
    Behaviour unlucky = new Behaviour(Parts.settings("2s", 100, 100, 1), 0);
    assertThat(unlucky.nextCharge(TestToken.TOK_SLOW).declineReason()).isNull();
    assertThat(unlucky.nextCharge(TestToken.TOK_DECLINED).lost()).isFalse();
    assertThat(unlucky.nextCharge(TestToken.TOK_OK).lost()).isTrue();
  }

  @Test
  void anyOtherTokenIsUnknown() {
    assertThat(TestToken.of("tok_other")).isEmpty();
    assertThat(TestToken.of("TOK_OK")).isEmpty();
  }

  private static List<Object> run(Behaviour behaviour) {
    return Stream.concat(
            fates(behaviour, 100).stream(), Stream.generate(behaviour::nextCallback).limit(100))
        .map(Object.class::cast)
        .toList();
  }

  private static List<Behaviour.Fate> fates(Behaviour behaviour, int count) {
    return Stream.generate(() -> behaviour.nextCharge(TestToken.TOK_OK)).limit(count).toList();
  }
}
