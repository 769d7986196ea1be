package io.boxoffice.order.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.order.payment.PartnerLedger.Entry;
import io.boxoffice.order.state.OrderState;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks each state of an order with each charge that the partner can have for it. */
class LedgerRulesTest {
  private static final UUID ORDER = UUID.randomUUID();

  private static Entry entry(String charge) {
    return new Entry(
        charge.startsWith("second") ? "c-2" : "c-1",
        ORDER,
        charge.endsWith("dearer") ? 4501 : 4500,
        charge.endsWith("yen") ? "JPY" : "EUR",
        !charge.endsWith("declined"),
        charge.endsWith("refunded"),
        Instant.EPOCH);
  }

  private static OrderMoney order(OrderState state) {
    boolean paid =
        state == OrderState.CONFIRMED
            || state == OrderState.REFUNDING
            || state == OrderState.REFUNDED;
    return new OrderMoney(ORDER, state, 4500, "EUR", paid ? "c-1" : null, true);
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIRMED, own, ''",
    "CONFIRMED, own refunded, UNEXPECTED_REFUND",
    "CONFIRMED, own dearer, OTHER_AMOUNT",
    "CONFIRMED, own yen, OTHER_AMOUNT",
    "CONFIRMED, own declined, ''",
    "CONFIRMED, second, SECOND_CHARGE",
    "CONFIRMED, second refunded, ''",
    "CONFIRMED, second declined, ''",
    "REFUNDING, own, ''",
    "REFUNDING, own refunded, ''",
    "REFUNDING, own dearer, OTHER_AMOUNT",
    "REFUNDING, second, SECOND_CHARGE",
    "REFUNDED, own, REFUND_MISSING",
    "REFUNDED, own refunded, ''",
    "REFUNDED, second, SECOND_CHARGE",
    "HELD, own, UNCONFIRMED_CHARGE",
    "HELD, own refunded, ''",
    "PAYING, own, UNCONFIRMED_CHARGE",
    "PAYING, own declined, ''",
    "DECLINED, own, UNCONFIRMED_CHARGE",
    "DECLINED, own declined, ''",
    "EXPIRED, own, UNCONFIRMED_CHARGE",
    "EXPIRED, own refunded, ''",
    "CANCELLED, own, UNCONFIRMED_CHARGE"
  })
  void anOrderAndACharge(OrderState state, String charge, String difference) {
    assertThat(
            LedgerRules.compare(entry(charge), order(state))
                .map(each -> each.kind().name())
                .orElse(""))
        .isEqualTo(difference);
  }

  @Test
  void aChargeOfNoOrderIsADifferenceWhileThePartnerHasTheMoney() {
    assertThat(LedgerRules.compare(entry("own"), null).map(Difference::kind))
        .contains(Difference.Kind.UNKNOWN_ORDER);
    assertThat(LedgerRules.compare(entry("own refunded"), null)).isEmpty();
    assertThat(LedgerRules.compare(entry("own declined"), null)).isEmpty();
  }
}
