package io.boxoffice.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.check.history.Operation.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  @Test
  void aReceiptIsASuccess() {
    Attempts.Answer answer = Attempts.of(201, "{\"id\": \"p1\"}");

    assertThat(answer).isEqualTo(new Attempts.Answer(Outcome.OK, "p1", ""));
    assertThat(answer.isFinal()).isTrue();
  }

  @Test
  void soldOutIsFinal() {
    Attempts.Answer answer = Attempts.of(409, "{\"code\": \"sold-out\"}");

    assertThat(answer.outcome()).isEqualTo(Outcome.SOLD_OUT);
    assertThat(answer.isFinal()).isTrue();
  }

  @Test
  void everyOtherErrorMayHideAPurchase() {
    for (Attempts.Answer answer :
        List.of(
            Attempts.of(503, "{\"code\": \"outcome-unknown\"}"),
            Attempts.of(503, "<html>No server is available</html>"),
            Attempts.of(201, "{}"))) {
      assertThat(answer.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(answer.isFinal()).isFalse();
    }
    assertThat(Attempts.of(503, "<html>").code()).isEqualTo("503");
  }

  @Test
  void ofFiveBuyersOneOrdersAndOneWantsScarceTickets() {
    Sale sale = new Sale("c", new Sale.Stock("large", 1_000), new Sale.Stock("scarce", 10));
    List<Wish> wishes = IntStream.range(0, 50).mapToObj(index -> Wish.of(index, sale)).toList();

    assertThat(wishes.stream().filter(Wish::isOrder)).hasSize(10);
    assertThat(wishes.stream().filter(one -> one.stock().equals(sale.scarce()))).hasSize(10);
    assertThat(wishes.stream().map(Wish::key).distinct()).hasSize(50);
    assertThat(wishes).allSatisfy(one -> assertThat(one.quantity()).isBetween(1, 3));
  }
}
