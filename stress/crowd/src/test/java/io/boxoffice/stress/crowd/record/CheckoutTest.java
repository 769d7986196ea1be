package io.boxoffice.stress.crowd.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.crowd.record.Checkout.Plan;
import io.boxoffice.stress.crowd.shop.Offer;
import io.boxoffice.stress.crowd.shop.OrderState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckoutTest {
  private final Ledger ledger = new Ledger("run", true);

  @Test
  void theSharesOfAllPlansAreAHundred() {
    List<Plan> plans = IntStream.range(0, 100).mapToObj(Plan::at).toList();
    assertThat(plans).contains(Plan.values());
    assertThat(plans.stream().filter(plan -> plan == Plan.CANCEL)).hasSize(8);
    assertThat(plans.stream().filter(Plan::isCharged)).hasSize(70);
  }

  @Test
  void eachBuyerHasAnAddressOfItsOwn() {
    List<String> addresses =
        IntStream.range(0, 70_000)
            .mapToObj(at -> ledger.openOrder(new Offer("c", "t", 10), 1, Plan.PAY).address())
            .distinct()
            .toList();
    assertThat(addresses).hasSize(70_000).startsWith("198.18.0.0", "198.18.0.1");
    assertThat(addresses.get(69_999)).startsWith("198.19.");
  }

  @ParameterizedTest
  @CsvSource({
    "200,,CONFIRMED,false,SOLD,true",
    "200,,CONFIRMED,true,OK,true",
    "202,,PAYING,false,OK,false",
    "402,payment-declined,,false,DECLINED,true",
    "409,order-not-payable,,false,DECLINED,false",
    "409,payment-in-progress,,false,FAILED,false",
    "503,payment-unavailable,,false,FAILED,false",
    "0,,,false,LOST,false"
  })
  void anAnswerToAPaymentEndsTheOrderOrNot(
      int status, String code, OrderState state, boolean again, Outcome outcome, boolean over) {
    Answer answer = new Answer(status, code, false, false, null, null, state);
    assertThat(answer.outcomeOfPayment(again)).isEqualTo(outcome);
    Checkout checkout = ledger.openOrder(new Offer("c", "t", 10), 1, Plan.PAY);
    checkout.toldOfPayment(Exchange.now(answer));
    assertThat(checkout.isOver()).isEqualTo(over);
  }
}
