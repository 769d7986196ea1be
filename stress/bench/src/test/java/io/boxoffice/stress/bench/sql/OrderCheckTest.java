package io.boxoffice.stress.bench.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.bench.sql.OrderCheck.Orders;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each way to lose an order counts. */
class OrderCheckTest {
  private static final UUID FIRST = UUID.randomUUID();
  private static final UUID SECOND = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();
  private static final Orders SOLD = new Orders(Set.of(FIRST, SECOND), 0, 0);

  @Test
  void nothingIsLostWhenAnswersStatesAndChargesAgree() {
    assertThat(SOLD.lost(2, List.of(FIRST, SECOND))).isZero();
    // Its answer was not a success, and it was sold all the same.
    assertThat(SOLD.lost(1, List.of(FIRST, SECOND))).isZero();
  }

  @Test
  void eachDifferenceCounts() {
    assertThat(SOLD.lost(3, List.of(FIRST, SECOND))).isEqualTo(1);
    assertThat(SOLD.lost(2, List.of(FIRST))).isEqualTo(1);
    assertThat(SOLD.lost(2, List.of(FIRST, SECOND, SECOND))).isEqualTo(1);
    assertThat(SOLD.lost(2, List.of(FIRST, SECOND, OTHER))).isEqualTo(1);
    assertThat(new Orders(Set.of(FIRST), 1, 2).lost(1, List.of(FIRST))).isEqualTo(3);
  }
}
