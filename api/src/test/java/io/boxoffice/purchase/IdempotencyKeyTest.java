package io.boxoffice.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.error.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

  @ParameterizedTest
  @ValueSource(strings = {"order-1", "\"order-1\"", "  order-1 ", " \"order-1\""})
  void aQuotedAndABareValueAreTheSameKey(String header) {
    assertThat(IdempotencyKey.parse(header)).isEqualTo("order-1");
  }

  @Test
  void aMissingHeaderGivesNoKey() {
    assertThat(IdempotencyKey.parse(null)).isNull();
  }

  @Test
  void aKeyMayHave255Characters() {
    assertThat(IdempotencyKey.parse("k".repeat(255))).hasSize(255);
    assertInvalid("k".repeat(256));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\"\"", "\"", "a b", "a\"b", "a\\b", "caf\u00e9", "a\u0000"})
  void anyOtherValueIsRejected(String header) {
    assertInvalid(header);
  }

  private static void assertInvalid(String header) {
    assertThatThrownBy(() -> IdempotencyKey.parse(header))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.problem().code()).isEqualTo("validation-failed"));
  }
}
