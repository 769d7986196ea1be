package io.boxoffice.stress.crowd.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.crowd.shop.Offer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {

  @ParameterizedTest
  @CsvSource({
    "0,,false,false,LOST",
    "200,,false,false,OK",
    "304,,false,false,OK",
    "201,,false,false,SOLD",
    "201,,false,true,OK",
    "409,sold-out,false,false,SOLD_OUT",
    "409,sales-closed,false,false,FAILED",
    "409,simulated-denial,true,false,DENIED",
    "503,overloaded,false,false,OVERLOADED",
    "503,overloaded,true,false,DENIED",
    "503,outcome-unknown,false,false,FAILED",
    "404,,false,false,FAILED"
  })
  void tellsWhatBecameOfARequest(
      int status, String code, boolean denied, boolean replayed, Outcome outcome) {
    assertThat(new Answer(status, code, denied, replayed, null, null).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "409,sold-out,false,true",
    "503,overloaded,false,true",
    "422,,false,true",
    "409,simulated-denial,true,true",
    "0,,false,false",
    "503,outcome-unknown,false,false",
    "500,,false,false"
  })
  void onlyAClearNoRulesASaleOut(int status, String code, boolean denied, boolean ruledOut) {
    Attempt attempt = new Ledger("run", true).open(new Offer("c", "t", 10), 1);
    attempt.told(Exchange.now(new Answer(status, code, denied, false, null, null)));
    assertThat(attempt.isRefused()).isEqualTo(ruledOut);
    assertThat(attempt.isOpen()).isEqualTo(!ruledOut);
  }

  @Test
  void aNoAfterALostAnswerIsNoClearNo() {
    Attempt attempt = new Ledger("run", true).open(new Offer("c", "t", 10), 1);
    attempt.told(Exchange.now(Answer.NONE));
    attempt.told(Exchange.now(new Answer(409, "sold-out", false, false, null, null)));
    assertThat(attempt.isOpen()).isTrue();
  }

  @Test
  void aDenialOfAnUnknownProfileMayHideASale() {
    Attempt attempt = new Ledger("run", false).open(new Offer("c", "t", 10), 1);
    attempt.told(Exchange.now(new Answer(409, "simulated-denial", true, false, null, null)));
    assertThat(attempt.isOpen()).isTrue();
  }
}
