package io.boxoffice.platform.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 1, 2, 3",
    "a, b, 1, 3, 3",
    "b, a, 2, 2, 4",
  })
  void aSiteOfTwoCreatesItsOwnNumbers(
      String site, String peer, int first, int afterOne, int afterTwo) {
    KeyNumbers numbers = KeyNumbers.of(site, peer);
    assertThat(numbers.first()).isEqualTo(first);
    assertThat(numbers.after(0)).isEqualTo(first);
    assertThat(numbers.after(1)).isEqualTo(afterOne);
    assertThat(numbers.after(2)).isEqualTo(afterTwo);
  }
}
