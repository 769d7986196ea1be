package io.boxoffice.stress.crowd.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.crowd.arrival.ArrivalPlan.Stretch;
import io.boxoffice.stress.crowd.record.Recorder;
import io.boxoffice.stress.crowd.scenario.LoadScenarios;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalPlanTest {

  @Test
  void addsItsStretchesUp() {
    ArrivalPlan plan = new ArrivalPlan(List.of(new Stretch(10, 2), new Stretch(4, 5)));
    assertThat(plan.seconds()).isEqualTo(7);
    assertThat(plan.total()).isEqualTo(40);
    assertThat(plan.until(3)).isEqualTo(24);
  }

  @Test
  void noticesMissingBuyers() {
    ArrivalPlan plan = ArrivalPlan.constant(100, Duration.ofSeconds(5));
    Recorder recorder = new Recorder();
    assertThat(plan.firstLate(recorder, plan.seconds())).isZero();
    for (int visitor = 0; visitor < 500; visitor++) {
      recorder.arrived();
    }
    assertThat(plan.firstLate(recorder, plan.seconds())).isEqualTo(-1);
  }

  @Test
  void aWallDecays() {
    ArrivalPlan plan =
        LoadScenarios.of("on-sale").orElseThrow().arrivals().apply(160.0, Duration.ofMinutes(1));
    assertThat(plan.stretches())
        .extracting(Stretch::perSecond)
        .containsExactly(160.0, 80.0, 40.0, 20.0, 10.0);
    assertThat(plan.seconds()).isEqualTo(60);
  }
}
