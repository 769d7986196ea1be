package io.boxoffice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.purchase.PurchaseModule;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tries single faults on the shop as it is shipped. {@code mvn verify} tries every n-th point;
 * {@code -Dfaults.every=1} tries all.
 */
class SingleFaultsApplicationTest {
  private static final int EVERY = Integer.getInteger("faults.every", 31);
  private static final int OFFSET = Integer.getInteger("faults.offset", 0);

  private static SingleFaults faults;

  @BeforeAll
  static void start() throws Exception {
    faults = new SingleFaults(new Shop.Build(UnaryOperator.identity(), PurchaseModule::openDesk));
  }

  @AfterAll
  static void stop() throws Exception {
    faults.close();
  }

  @Test
  void noSingleFaultLosesTicketsOrMoney() {
    String only = System.getProperty("faults.flow", "");
    int[] point = {OFFSET};
    for (Flow flow : Flows.ALL) {
      if (only.isEmpty() || only.equals(flow.name())) {
        long begin = System.nanoTime();
        List<Passage> messages = faults.messages(flow);
        faults.run(flow, fault -> point[0]++ % EVERY == 0);
        System.out.printf(
            "%s: %d messages, %d faults, %d ms: %s%n",
            flow,
            messages.size(),
            SingleFaults.faultsAt(messages).size(),
            (System.nanoTime() - begin) / 1_000_000,
            faults.tried().get(flow.name()));
        if (Boolean.getBoolean("faults.messages")) messages.forEach(System.out::println);
      }
    }
    System.out.println("not reached: " + faults.notReached());
    assertThat(faults.findings()).isEmpty();
  }
}
