package io.boxoffice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.faults.Fault.Kind;
import io.boxoffice.faults.Passage.Channel;
import io.boxoffice.purchase.PurchaseModule;
import io.boxoffice.purchase.SalesDeskFactory;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.desk.SalesDesk;
import io.boxoffice.testing.InterceptedSql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

  /** A purchase whose outcome is not known is made once more, without its key. */
  @Test
  void aRepetitionWithoutTheKeyIsFound() throws Exception {
    SalesDeskFactory hasty =
        (sales, types, settings, metrics, lifecycle) ->
            repeating(PurchaseModule.openDesk(sales, types, settings, metrics, lifecycle));
    assertThat(search(new Shop.Build(UnaryOperator.identity(), hasty), "buy"))
        .anyMatch(finding -> finding.contains("bought without it"));
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

  /** Cuts of the database and crashes at a message of the partner, which are a few. */
  private static boolean isSampled(Fault fault, List<Passage> messages) {
    Channel channel =
        fault.at() > messages.size() ? Channel.CLIENT : messages.get(fault.at() - 1).channel();
    return (fault.kind() == Kind.CRASH && channel == Channel.PARTNER)
        || (fault.kind() == Kind.CUT_BEFORE
            && channel == Channel.DATABASE
            && isLate(fault, messages));
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

  private static SalesDesk repeating(SalesDesk desk) {
    return request ->
        desk.submit(request).exceptionallyCompose(unknown -> desk.submit(withoutKey(request)));
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
