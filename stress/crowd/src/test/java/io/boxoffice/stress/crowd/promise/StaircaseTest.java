package io.boxoffice.stress.crowd.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.crowd.arrival.ArrivalPlan;
import io.boxoffice.stress.crowd.arrival.ArrivalPlan.Stretch;
import io.boxoffice.stress.crowd.record.Kind;
import io.boxoffice.stress.crowd.record.Outcome;
import io.boxoffice.stress.crowd.record.Recorder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All requests are in the first second, which is one step. */
class StaircaseTest {
  private final ArrivalPlan plan = new ArrivalPlan(List.of(new Stretch(50, 1), new Stretch(60, 1)));
  private final Recorder recorder = new Recorder();

  @Test
  void carriesAStepThatIsOver() {
    buy(50, Outcome.SOLD);
    assertThat(Staircase.judge(recorder, plan, 2.9)).isEqualTo(new Staircase(0, null));
    assertThat(Staircase.judge(recorder, plan, 3.1)).isEqualTo(new Staircase(50, null));
  }

  @Test
  void endsWhereRequestsFail() {
    buy(49, Outcome.SOLD);
    buy(1, Outcome.OVERLOADED);
    assertThat(Staircase.judge(recorder, plan, 3.1))
        .isEqualTo(new Staircase(0, "at 50 a second 2.0 % failed"));
  }

  @Test
  void blamesTheMachineThatDidNotAsk() {
    buy(40, Outcome.SOLD);
    assertThat(Staircase.judge(recorder, plan, 3.1).reason()).contains("this machine");
  }

  private void buy(int times, Outcome outcome) {
    for (int time = 0; time < times; time++) {
      recorder.arrived();
      recorder.ended(recorder.sent("buy", Kind.BUY), outcome);
    }
  }
}
