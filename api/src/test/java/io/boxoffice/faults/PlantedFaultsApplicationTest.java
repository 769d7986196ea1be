package io.boxoffice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.faults.Fault.Kind;
import io.boxoffice.faults.Passage.Channel;
import io.boxoffice.purchase.PurchaseModule;
import io.boxoffice.purchase.SalesDeskFactory;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.desk.SalesDesk;
import io.boxoffice.testing.InterceptedSql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/**
 * Plants bugs that no run without a fault shows, in a shop and in its replica. The same search must
 * find them.
 */
class PlantedFaultsApplicationTest {

  /** The partner charges, and no committed row says that it must be asked for the result. */
  @Test
  void aChargeThatIsNotStoredBeforeThePartnerIsAskedIsFound() throws Exception {
    assertThat(search(new Shop.Build(ForgottenPayment::in, PurchaseModule::openDesk), "pay"))
        .anyMatch(finding -> finding.contains("the order is stuck in PAYING"))
        .anyMatch(finding -> finding.contains("the order is PAYING, and the money is the shop's"));
  }

  /** A replica keeps keys in its memory, and the client repeats its request at the other one. */
  @Test
  void keysInTheMemoryOfAReplicaAreFound() throws Exception {
    SalesDeskFactory forgetful =
        (sales, types, settings, metrics, lifecycle) ->
            remembering(PurchaseModule.openDesk(sales, types, settings, metrics, lifecycle));
    assertThat(search(new Shop.Build(UnaryOperator.identity(), forgetful), "buy"))
        .anyMatch(finding -> finding.contains("the client bought twice"));
  }

  /** Tries faults from the last message to the first, until one shows the bug. */
  private static List<String> search(Shop.Build build, String name) throws Exception {
    Flow flow = Flows.named(name).orElseThrow();
    try (SingleFaults faults = new SingleFaults(build)) {
      List<Passage> messages = faults.messages(flow);
      assertThat(faults.findings()).as("without a fault").isEmpty();
      List<Fault> points = new ArrayList<>(SingleFaults.faultsAt(messages));
      Collections.reverse(points);
      for (Fault fault : points) {
        if (faults.findings().isEmpty() && isSampled(fault, messages)) {
          faults.run(flow, fault);
        }
      }
      System.out.printf(
          "planted bug in %s:%n%s%s%n%s%n",
          flow, faults.report(), faults.notReached(), faults.findings());
      return faults.findings();
    }
  }

  /** The last cuts of the database, and all crashes at messages of others, which are a few. */
  private static boolean isSampled(Fault fault, List<Passage> messages) {
    boolean ofDatabase =
        fault.at() <= messages.size() && messages.get(fault.at() - 1).channel() == Channel.DATABASE;
    return ofDatabase
        ? fault.kind() == Kind.CUT_BEFORE && isLate(fault, messages)
        : fault.kind() == Kind.CRASH;
  }

  private static boolean isLate(Fault fault, List<Passage> messages) {
    return fault.at() > messages.size() - 8;
  }

  /** Opens payments that the reconciler does not see. */
  private static final class ForgottenPayment extends InterceptedSql {
    static Jdbi in(Jdbi jdbi) {
      return jdbi.installPlugin(new ForgottenPayment());
    }

    @Override
    protected String rewrite(String sql) {
      return sql.contains("'REQUESTED', now(), now() + ?, 1)")
          ? sql.replace(
              "'REQUESTED', now(), now() + ?, 1)",
              "'REQUESTED', now(), CAST(NULL AS timestamptz) + ?, 1)")
          : sql;
    }
  }

  private static SalesDesk remembering(SalesDesk desk) {
    Map<String, CompletionStage<Verdict>> known = new ConcurrentHashMap<>();
    return request ->
        known.compute(
            request.key(),
            (key, before) ->
                before == null || before.toCompletableFuture().isCompletedExceptionally()
                    ? desk.submit(withoutKey(request))
                    : before);
  }

  private static PurchaseRequest withoutKey(PurchaseRequest request) {
    return new PurchaseRequest(
        request.concertId(),
        request.ticketTypeId(),
        request.email(),
        request.quantity(),
        null,
        request.arrivedAt(),
        request.accountId(),
        request.hold());
  }
}
