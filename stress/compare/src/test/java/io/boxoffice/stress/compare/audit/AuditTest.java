package io.boxoffice.stress.compare.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final Window WINDOW = new Window(0, 10_000_000);

  private final Effects effects = new Effects();

  @Test
  void percentilesAreNearestRanksInMilliseconds() {
    Percentiles hundred = Percentiles.ofMicros(LongStream.rangeClosed(1, 100).map(n -> n * 1_000));
    assertThat(hundred).isEqualTo(new Percentiles(50, 95, 99));
    assertThat(Percentiles.ofMicros(LongStream.of(7_000))).isEqualTo(new Percentiles(7, 7, 7));
    assertThat(Percentiles.ofMicros(LongStream.empty()).p50()).isNaN();
  }

  @Test
  void anEffectCompletesItsRequest() {
    effects.add("a", 3_000_000);
    Audit audit = Audit.of(List.of(accepted("a", 1_000_000, 1_010_000)), effects, WINDOW);
    assertThat(audit.acceptedMillis().p50()).isEqualTo(10);
    assertThat(audit.completedMillis().p50()).isEqualTo(2_000);
    assertThat(audit.acceptedRate()).isCloseTo(0.1, within(1e-9));
    assertThat(audit.completedRate()).isCloseTo(0.1, within(1e-9));
    assertThat(List.of(audit.lost(), audit.twice(), audit.open(), audit.failures()))
        .containsOnly(0);
  }

  @Test
  void anAcceptedRequestWithoutEffectIsLost() {
    Audit audit = Audit.of(List.of(accepted("a", 0, 1)), effects, WINDOW);
    assertThat(audit.lost()).isEqualTo(1);
    assertThat(audit.completedMillis().p99()).isNaN();
  }

  @Test
  void aChangeWithoutAnswerAndWithoutEffectIsLostToo() {
    effects.committed("a");
    Audit audit =
        Audit.of(List.of(failed("a", 0, Answer.TIMEOUT), failed("b", 0, "503")), effects, WINDOW);
    assertThat(audit.lost()).isEqualTo(1);
    assertThat(audit.errors()).isEqualTo(Map.of("timeout", 1, "503", 1));
  }

  @Test
  void anEffectToComeIsOpenAndNotLost() {
    effects.open("a");
    Audit audit = Audit.of(List.of(accepted("a", 0, 1)), effects, WINDOW);
    assertThat(audit.lost()).isZero();
    assertThat(audit.open()).isEqualTo(1);
    assertThat(audit.backlogMost()).isEqualTo(1);
  }

  @Test
  void aFailedRequestMayBeDone() {
    effects.add("a", 12_000_000);
    Audit audit = Audit.of(List.of(failed("a", 1_000_000, Answer.TIMEOUT)), effects, WINDOW);
    assertThat(audit.failedButDone()).isEqualTo(1);
    assertThat(audit.lost()).isZero();
    assertThat(audit.completedMillis().p50()).isEqualTo(11_000);
    assertThat(audit.completedRate()).isZero();
    assertThat(audit.drainMillis()).isEqualTo(2_000);
  }

  @Test
  void eachEffectBeyondTheFirstIsDoneTwice() {
    effects.add("a", 2);
    effects.add("a", 1);
    effects.add("a", 3);
    effects.add("of another load", 1);
    effects.add("of another load", 1);
    Audit audit = Audit.of(List.of(accepted("a", 0, 1)), effects, WINDOW);
    assertThat(audit.twice()).isEqualTo(2);
    assertThat(effects.first("a")).isEqualTo(1);
  }

  @Test
  void theWarmUpCountsInTheAuditOnly() {
    effects.add("early", 5);
    Audit audit =
        Audit.of(
            List.of(accepted("early", -10, -5), accepted("lost early", -10, -5)), effects, WINDOW);
    assertThat(audit.lost()).isEqualTo(1);
    assertThat(audit.requests()).isEqualTo(2);
    assertThat(audit.acceptedMillis().p50()).isNaN();
  }

  @Test
  void theBacklogIsWhatIsAcceptedAndNotDone() {
    effects.add("a", 50_000);
    effects.add("b", 40_000);
    effects.add("done before its answer", 5_000);
    List<Answer> answers =
        List.of(
            accepted("a", 0, 10_000),
            accepted("b", 0, 20_000),
            accepted("done before its answer", 0, 6_000),
            accepted("lost", 0, 1_000));
    Backlog backlog = Backlog.of(answers, effects);
    assertThat(backlog.most()).isEqualTo(2);
    assertThat(LongStream.of(9_999, 10_000, 20_000, 40_000, 50_000).mapToObj(backlog::at))
        .containsExactly(0, 1, 2, 1, 0);
    assertThat(backlog.bySecond(-1_000_000, 2_000_000)).containsExactly(0, 2, 0);
    assertThat(Audit.of(answers, effects, WINDOW).backlogOldestMillis()).isEqualTo(40);
  }

  private static Answer accepted(String key, long sentAt, long answeredAt) {
    return new Answer(key, sentAt, answeredAt, 200, true, "");
  }

  private static Answer failed(String key, long sentAt, String code) {
    return new Answer(key, sentAt, sentAt + 1, 0, false, code);
  }
}
