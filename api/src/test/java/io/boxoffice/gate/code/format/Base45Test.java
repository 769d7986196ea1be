package io.boxoffice.gate.code.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base45Test {
  /** The examples of RFC 9285, sections 4.3 and 4.4. */
  @ParameterizedTest
  @CsvSource({
    "AB, BB8",
    "Hello!!, %69 VD92EX0",
    "base-45, UJCLQE7W581",
    "ietf!, QED8WEX0",
  })
  void theExamplesOfTheStandardHold(String plain, String text) {
    byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);
    assertThat(Base45.encode(bytes)).isEqualTo(text);
    assertThat(Base45.decode(text)).hasValue(bytes);
  }

  /** FGW is 65,535, the greatest pair of bytes, and U5 is 255. */
  @ParameterizedTest
  @ValueSource(
      strings = {"GGW", ":::", "V5", "::", "A", "AAAA", "aB8", "B\u00df8", "B\u00008", "B_8"})
  void aTextThatNoBytesHaveIsRejected(String text) {
    assertThat(Base45.decode(text)).isEmpty();
  }

  @Test
  void theGreatestValuesAreAccepted() {
    assertThat(Base45.decode("FGW")).hasValue(new byte[] {-1, -1});
    assertThat(Base45.decode("U5")).hasValue(new byte[] {-1});
    assertThat(Base45.decode("")).hasValue(new byte[0]);
  }

  @Test
  void anyBytesComeBack() {
    Random random = new Random(45);
    for (int length = 0; length < 200; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(Base45.decode(Base45.encode(bytes))).hasValue(bytes);
    }
  }
}
