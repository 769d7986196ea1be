package io.boxoffice.stress.crowd.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.crowd.record.Answer;
import io.boxoffice.stress.crowd.record.Checkout;
import io.boxoffice.stress.crowd.record.Checkout.Plan;
import io.boxoffice.stress.crowd.record.Exchange;
import io.boxoffice.stress.crowd.record.Ledger;
import io.boxoffice.stress.crowd.shop.Charge;
import io.boxoffice.stress.crowd.shop.Offer;
import io.boxoffice.stress.crowd.shop.OrderRecord;
import io.boxoffice.stress.crowd.shop.OrderState;
import io.boxoffice.stress.crowd.shop.Receipt;
import io.boxoffice.stress.crowd.shop.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Correct records of orders pass the audit; it finds each planted difference. {@link
 * LedgerCheckTest} has those of the ledger.
 */
class OrderAuditTest {
  private static final Offer OFFER = new Offer("concert", "type", 10);
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(600);
  private static final long PRICE = 4_500;

  private final Ledger ledger = new Ledger("run", true);
  private final Map<String, OrderRecord> orders = new HashMap<>();
  private final Map<String, Receipt> receipts = new HashMap<>();
  private final List<Charge> charges = new ArrayList<>();
  private long available = 100;
  private boolean own = true;
  private List<Charge> read = charges;

  /** One order for each way in which an order can end; of 100 tickets 3 are sold and 2 held. */
  @BeforeEach
  void order() {
    place("paid", 1, Plan.PAY, OrderState.CONFIRMED, OrderState.CONFIRMED);
    place("declined", 2, Plan.DECLINED, OrderState.DECLINED, OrderState.DECLINED);
    place("cancelled", 1, Plan.CANCEL, OrderState.CANCELLED, OrderState.CANCELLED);
    place("left", 2, Plan.LEAVE, OrderState.HELD, null);
    place("lost", 2, Plan.PAY, OrderState.CONFIRMED, OrderState.PAYING);
    place("expired", 1, Plan.LEAVE, OrderState.EXPIRED, null);
    place("refunded", 1, Plan.PAY, OrderState.REFUNDED, OrderState.EXPIRED);
    sell("paid", 1);
    sell("lost", 2);
    available -= 5;
    charges.add(charge("c1", "paid", 1, true, false));
    charges.add(charge("c2", "declined", 2, false, false));
    charges.add(charge("c3", "lost", 2, true, false));
    charges.add(charge("c4", "refunded", 1, true, true));
    charges.add(charge("c5", "an order of another client", 1, true, false));
  }

  @Test
  void findsNothingInCorrectRecords() {
    Findings findings = audit();
    assertThat(findings.faults()).isEmpty();
    assertThat(findings.notAudited()).isEmpty();
    assertThat(findings.complete()).isTrue();
    assertThat(findings.figures())
        .containsEntry("ordersAcknowledged", 7L)
        .containsEntry("ordersConfirmed", 2L)
        .containsEntry("ordersHeld", 1L)
        .containsEntry("confirmedWithoutAnAnswer", 1L)
        .containsEntry("ticketsInTheBooks", 3L)
        .containsEntry("chargesInTheLedger", 3L)
        .containsEntry("refundsInTheLedger", 1L);
  }

  @Test
  void noticesAnOrderThatIsMissing() {
    orders.remove("cancelled");
    assertThat(audit().faults())
        .anyMatch(
            fault -> fault.startsWith("the purchase cancelled was acknowledged and is missing"));
  }

  @Test
  void noticesAKeyWithTwoOrders() {
    checkout("left").hold().told(Exchange.now(held("left-2")));
    put(
        new OrderRecord(
            "left-2",
            "type",
            email("left"),
            2,
            2 * PRICE,
            "EUR",
            OrderState.HELD,
            NOW,
            NOW,
            LATER));
    available -= 2;
    assertThat(audit().faults())
        .anyMatch(fault -> fault.contains("was answered with the purchases"));
  }

  @Test
  void noticesAnotherOrderThanWasOrdered() {
    put(
        new OrderRecord(
            "cancelled",
            "type",
            email("left"),
            1,
            PRICE,
            "EUR",
            OrderState.CANCELLED,
            NOW,
            NOW,
            LATER));
    assertThat(audit().faults())
        .anyMatch(
            fault ->
                fault.startsWith("the purchase cancelled is 1 of type with the key stress-run")
                    && fault.contains("not what was acknowledged"));
  }

  @Test
  void noticesAConfirmationThatWasForgotten() {
    end("paid", OrderState.EXPIRED);
    receipts.remove("paid");
    available += 1;
    assertThat(audit().faults())
        .containsExactlyInAnyOrder(
            "the payment of paid was acknowledged, and it is not paid (request-2)",
            "the order paid was charged and is EXPIRED, without a refund");
  }

  @Test
  void noticesADeclineThatWasNone() {
    end("declined", OrderState.HELD);
    available -= 2;
    assertThat(audit().faults())
        .containsExactly(
            "the payment of declined was declined, and its tickets are not given back (request-4)");
  }

  @ParameterizedTest
  @EnumSource(names = {"PAYING", "REFUNDING"})
  void noticesAnOrderThatIsNotSettled(OrderState state) {
    end("expired", state);
    available -= state.holdsTickets() ? 1 : 0;
    assertThat(audit().faults()).containsExactly("the order expired is still " + state);
  }

  @Test
  void noticesAHoldThatDoesNotEnd() {
    put(
        new OrderRecord(
            "left",
            "type",
            email("left"),
            2,
            2 * PRICE,
            "EUR",
            OrderState.HELD,
            NOW.minusSeconds(606),
            NOW.minusSeconds(606),
            NOW.minusSeconds(6)));
    assertThat(audit().faults()).containsExactly("the order left is HELD after its time");
  }

  @Test
  void noticesASaleThatNoBuyerPaid() {
    end("left", OrderState.CONFIRMED);
    sell("left", 2);
    charges.add(charge("c9", "left", 2, true, false));
    assertThat(audit().faults())
        .containsExactlyInAnyOrder(
            "the purchase left is paid, and no request has paid it",
            "the order left is CONFIRMED, and its card is declined");
  }

  @Test
  void noticesAConfirmedOrderWithoutAPurchase() {
    receipts.remove("lost");
    assertThat(audit().faults()).containsExactly("the order lost is CONFIRMED and has no purchase");
  }

  @Test
  void noticesAPurchaseWithoutItsOrder() {
    sell("left", 2);
    assertThat(audit().faults()).containsExactly("the order left is HELD and has a purchase");
    receipts.put("stray", receipt("stray", "stray@buyers.example", 1));
    assertThat(audit().faults()).contains("the purchase stray belongs to no order of this run");
  }

  @Test
  void noticesAPurchaseWithoutItsTickets() {
    receipts.put("lost", new Receipt("lost", "type", email("lost"), 2, true, List.of("lost-0")));
    assertThat(audit().faults()).containsExactly("the purchase lost of 2 has 1 tickets");
  }

  @Test
  void noticesHeldTicketsThatAreOnSale() {
    available += 2;
    assertThat(audit().faults())
        .containsExactly("type: 100 tickets exist, 5 are sold, and 97 are left in place of 95");
  }

  @Test
  void saysThatTheLedgerWasNotRead() {
    read = null;
    Findings findings = audit();
    assertThat(findings.faults()).isEmpty();
    assertThat(findings.notAudited())
        .containsExactly("the ledger of the payment partner: the partner did not answer");
    assertThat(findings.complete()).isFalse();
  }

  @Test
  void doesNotAddUpConcertsOfOthers() {
    own = false;
    available -= 50;
    Findings findings = audit();
    assertThat(findings.faults()).isEmpty();
    assertThat(findings.notAudited()).hasSize(1);
    assertThat(findings.complete()).isTrue();
  }

  private Findings audit() {
    return OrderAudit.of(
        ledger.checkouts(),
        List.of(),
        new OrderBooks(
            NOW,
            orders,
            receipts.values(),
            List.of(new Stock("type", 100, available)),
            own,
            read,
            read == null ? "the partner did not answer" : null));
  }

  /** An order in its state, and the last state that an answer reported. */
  private void place(String id, int quantity, Plan plan, OrderState state, OrderState told) {
    Checkout checkout = ledger.openOrder(OFFER, quantity, plan);
    checkout.hold().told(Exchange.now(held(id)));
    Exchange exchange =
        Exchange.now(
            told == null ? Answer.NONE : new Answer(200, null, false, false, null, null, told));
    if (plan.pays()) {
      checkout.toldOfPayment(exchange);
    } else if (plan == Plan.CANCEL) {
      checkout.toldCancelled(exchange);
    }
    put(
        new OrderRecord(
            id,
            "type",
            checkout.hold().email(),
            quantity,
            quantity * PRICE,
            "EUR",
            state,
            NOW,
            NOW,
            LATER));
  }

  private void put(OrderRecord order) {
    orders.put(order.id(), order);
  }

  private void end(String id, OrderState state) {
    put(orders.get(id).in(state));
  }

  private void sell(String id, int quantity) {
    receipts.put(id, receipt(id, email(id), quantity));
  }

  private Checkout checkout(String id) {
    return ledger.checkouts().stream()
        .filter(each -> each.hold().purchaseIds().contains(id))
        .findFirst()
        .orElseThrow();
  }

  private String email(String id) {
    return checkout(id).hold().email();
  }

  private static Answer held(String id) {
    return new Answer(201, null, false, false, "/v1/orders/" + id, null, OrderState.HELD);
  }

  private static Charge charge(
      String id, String order, int tickets, boolean succeeded, boolean refunded) {
    return new Charge(id, order, tickets * PRICE, "EUR", succeeded, refunded);
  }

  private static Receipt receipt(String id, String email, int quantity) {
    return new Receipt(
        id,
        "type",
        email,
        quantity,
        true,
        IntStream.range(0, quantity).mapToObj(at -> id + "-" + at).toList());
  }
}
