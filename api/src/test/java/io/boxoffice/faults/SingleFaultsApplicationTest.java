package io.boxoffice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.purchase.PurchaseModule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Tries single faults on the shop as it is shipped: every n-th point of all flows. {@code
 * -Dfaults.every=1} tries all, {@code -Dfaults.offset} selects others, {@code -Dfaults.flow=pay}
 * one flow.
 */
class SingleFaultsApplicationTest {
  private static final int EVERY = Integer.getInteger("faults.every", 73);
  private static final int OFFSET = Integer.getInteger("faults.offset", 0);
  private static final String FLOW = System.getProperty("faults.flow", "");

  @Test
  void noSingleFaultLosesTicketsOrMoney() throws Exception {
    try (SingleFaults faults =
        new SingleFaults(new Shop.Build(UnaryOperator.identity(), PurchaseModule::openDesk))) {
      List<Flow> flows =
          Flows.ALL.stream().filter(flow -> FLOW.isEmpty() || flow.name().equals(FLOW)).toList();
      assertThat(flows).isNotEmpty();
      int points = 0;
      for (Flow flow : flows) {
        List<Passage> messages = faults.messages(flow);
        assertThat(messages).as(flow.name()).hasSizeGreaterThan(10);
        for (Fault fault : SingleFaults.faultsAt(messages)) {
          if ((points++ + OFFSET) % EVERY == 0) {
            faults.run(flow, fault);
          }
        }
      }
      System.out.printf(
          "%s%d points exist in all; every %d-th was tried, offset %d%n",
          faults.report(), points, EVERY, OFFSET);
      List<String> shown = new ArrayList<>(faults.notReached());
      shown.forEach(point -> System.out.println("not reached: " + point));
      assertThat(faults.findings()).isEmpty();
    }
  }
}
