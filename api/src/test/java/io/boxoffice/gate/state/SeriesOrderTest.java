package io.boxoffice.gate.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.gate.state.SeriesOrder.Full;
import io.boxoffice.gate.state.SeriesOrder.Next;
import io.boxoffice.gate.state.SeriesOrder.Park;
import io.boxoffice.gate.state.SeriesOrder.Passed;
import io.boxoffice.gate.state.SeriesOrder.Taken;
import io.boxoffice.gate.state.SeriesOrder.WaitsAlready;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeriesOrderTest {
  private static UUID id(long number) {
    return new UUID(0, number);
  }

  @Test
  void theNextScanIsAppliedAndTheParkedOnesFollow() {
    SeriesOrder order = new SeriesOrder(4, Map.of(6L, id(6), 7L, id(7), 9L, id(9)));
    assertThat(order.place(5, id(5))).isEqualTo(new Next(List.of(6L, 7L)));
    assertThat(order.last()).isEqualTo(7);
    assertThat(order.waiting()).isEqualTo(1);
  }

  @Test
  void aScanBehindHasPassed() {
    SeriesOrder order = new SeriesOrder(4, Map.of());
    assertThat(order.place(4, id(4))).isEqualTo(new Passed());
    assertThat(order.place(1, id(1))).isEqualTo(new Passed());
  }

  @Test
  void aScanAheadWaitsOnceAndKeepsItsPosition() {
    SeriesOrder order = new SeriesOrder(0, Map.of());
    assertThat(order.place(3, id(3))).isEqualTo(new Park(1));
    assertThat(order.place(3, id(3))).isEqualTo(new WaitsAlready(1));
    assertThat(order.place(3, id(33))).isEqualTo(new Taken());
    assertThat(order.waiting()).isEqualTo(1);
  }

  @Test
  void whatWaitsIsBoundedAndTheMissingScanStillCloses() {
    SeriesOrder order = new SeriesOrder(0, Map.of());
    for (long sequence = 2; sequence <= SeriesOrder.MOST_PARKED + 1; sequence++) {
      assertThat(order.place(sequence, id(sequence))).isEqualTo(new Park(1));
    }
    assertThat(order.place(2_000, id(2_000))).isEqualTo(new Full(1));
    assertThat(order.place(1, id(1))).isInstanceOf(Next.class);
    assertThat(order.last()).isEqualTo(SeriesOrder.MOST_PARKED + 1);
    assertThat(order.waiting()).isZero();
  }

  @Test
  void skippingGivesUpTheFirstGapOnly() {
    SeriesOrder order = new SeriesOrder(2, Map.of(5L, id(5), 6L, id(6), 9L, id(9)));
    assertThat(order.skip()).containsExactly(5L, 6L);
    assertThat(order.last()).isEqualTo(6);
    assertThat(order.skip()).containsExactly(9L);
    assertThat(order.skip()).isEmpty();
    assertThat(order.last()).isEqualTo(9);
  }

  /** In whatever order and however often scans arrive, each is applied once and in order. */
  @Test
  void anyOrderOfArrivalAppliesEachOnceInOrder() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int count = 1 + random.nextInt(40);
      List<Long> arrivals = new ArrayList<>(LongStream.rangeClosed(1, count).boxed().toList());
      IntStream.range(0, count).forEach(i -> arrivals.add(1L + random.nextInt(count)));
      Collections.shuffle(arrivals, random);
      SeriesOrder order = new SeriesOrder(0, Map.of());
      List<Long> applied = new ArrayList<>();
      for (long sequence : arrivals) {
        if (order.place(sequence, id(sequence)) instanceof Next next) {
          applied.add(sequence);
          applied.addAll(next.following());
        }
      }
      assertThat(applied)
          .as("seed %d", seed)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
      assertThat(order.waiting()).isZero();
    }
  }
}
