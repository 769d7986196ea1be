package io.boxoffice.stress.crowd.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.crowd.shop.Charge;
import io.boxoffice.stress.crowd.shop.OrderRecord;
import io.boxoffice.stress.crowd.shop.OrderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders and ledger that agree pass the check; it finds each planted difference. */
class LedgerCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private final Map<String, OrderRecord> orders = new HashMap<>();
  private final List<Charge> charges = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  @BeforeEach
  void order() {
    put("paid", OrderState.CONFIRMED);
    put("declined", OrderState.DECLINED);
    put("expired", OrderState.EXPIRED);
    put("refunded", OrderState.REFUNDED);
    charges.add(charge("paid", 4_500, true, false));
    charges.add(charge("declined", 4_500, false, false));
    charges.add(charge("refunded", 4_500, true, true));
    charges.add(charge("an order of another client", 100, true, false));
  }

  @Test
  void findsNothingWhereTheyAgree() {
    LedgerCheck check = new LedgerCheck(books(), faults);
    assertThat(check.notAudited()).isEmpty();
    assertThat(check.check())
        .containsOnly(Map.entry("chargesInTheLedger", 2L), Map.entry("refundsInTheLedger", 1L));
    assertThat(faults).isEmpty();
  }

  @Test
  void noticesAChargeWithoutASaleAndWithoutARefund() {
    charges.add(charge("expired", 4_500, true, false));
    assertFault("the order expired was charged and is EXPIRED, without a refund");
  }

  @Test
  void aRefundedChargeOfAnExpiredOrderIsCorrect() {
    charges.add(charge("expired", 4_500, true, true));
    var unused = new LedgerCheck(books(), faults).check();
    assertThat(faults).isEmpty();
  }

  @Test
  void noticesASecondCharge() {
    charges.add(charge("paid", 4_500, true, false));
    assertFault("the order paid was charged 2 times");
  }

  @Test
  void noticesAMissingCharge() {
    charges.remove(0);
    assertFault("the order paid is CONFIRMED and its charge is missing");
  }

  @Test
  void noticesARefundOfAConfirmedOrder() {
    charges.set(0, charge("paid", 4_500, true, true));
    assertFault("the order paid is CONFIRMED and its charge is refunded");
  }

  @Test
  void noticesAChargeOfAnotherAmount() {
    charges.set(0, charge("paid", 9_000, true, false));
    assertFault("the order paid costs 4500 EUR, and the charge is 9000 EUR");
  }

  @Test
  void noticesARefundThatWasNotMade() {
    charges.set(2, charge("refunded", 4_500, true, false));
    assertFault("the order refunded was charged and is REFUNDED, without a refund");
  }

  @Test
  void noticesARefundOfNothing() {
    charges.remove(2);
    assertFault("the order refunded is REFUNDED and was never charged");
  }

  @Test
  void noticesADeclineThatThePartnerDoesNotKnow() {
    charges.remove(1);
    assertFault("the order declined is DECLINED, and the partner has declined nothing");
  }

  @Test
  void doesNotTakeTheLedgerOfAnotherShopForAFault() {
    charges.removeIf(charge -> orders.containsKey(charge.reference()));
    LedgerCheck check = new LedgerCheck(books(), faults);
    assertThat(check.notAudited())
        .hasValueSatisfying(sentence -> assertThat(sentence).contains("of another shop"));
    assertThat(check.check()).isEmpty();
    assertThat(faults).isEmpty();
  }

  private void assertFault(String sentence) {
    var unused = new LedgerCheck(books(), faults).check();
    assertThat(faults).containsExactly(sentence);
  }

  private OrderBooks books() {
    return new OrderBooks(NOW, orders, List.of(), List.of(), true, charges, null);
  }

  private void put(String id, OrderState state) {
    orders.put(
        id,
        new OrderRecord(id, "type", id + "@buyers.example", 1, 4_500, "EUR", state, NOW, NOW, NOW));
  }

  private static Charge charge(String order, long amount, boolean succeeded, boolean refunded) {
    return new Charge("of " + order, order, amount, "EUR", succeeded, refunded);
  }
}
