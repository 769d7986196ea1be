package io.boxoffice.gate.code.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkSignatureCheckTest {
  private static final String KEY =
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
  private static final String SIGNATURE =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** TEST 1 to TEST 3 of RFC 8032, section 7.1. */
  @ParameterizedTest
  @CsvSource({
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
        + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    KEY + ", 72, " + SIGNATURE,
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
        + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  })
  void theExamplesOfTheStandardHold(String key, String message, String signature) {
    JdkSignatureCheck check = new JdkSignatureCheck(bytes(key));
    assertThat(check.accepts(bytes(message), bytes(signature))).isTrue();
    assertThat(check.accepts(bytes(message + "00"), bytes(signature))).isFalse();
  }

  /** RFC 8032, section 5.1.7: the second half must be less than the order of the group. */
  @Test
  void aSecondFormOfASignatureIsRejected() {
    byte[] order = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    byte[] signature = bytes(SIGNATURE);
    int carry = 0;
    for (int i = 0; i < 32; i++) {
      int sum = (signature[32 + i] & 0xff) + (order[i] & 0xff) + carry;
      signature[32 + i] = (byte) sum;
      carry = sum >> 8;
    }
    assertThat(new JdkSignatureCheck(bytes(KEY)).accepts(bytes("72"), signature)).isFalse();
  }

  @Test
  void aSignatureOfAnotherLengthIsRejected() {
    JdkSignatureCheck check = new JdkSignatureCheck(bytes(KEY));
    for (int length = 0; length < 64; length++) {
      assertThat(check.accepts(bytes("72"), Arrays.copyOf(bytes(SIGNATURE), length))).isFalse();
    }
    assertThat(check.accepts(bytes("72"), Arrays.copyOf(bytes(SIGNATURE), 65))).isFalse();
  }

  @Test
  void whatIsNoPublicKeyIsRejected() {
    assertThatThrownBy(() -> new JdkSignatureCheck(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    // No point of the curve has this y.
    byte[] noPoint = new byte[32];
    noPoint[0] = 2;
    assertThatThrownBy(() -> new JdkSignatureCheck(noPoint))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
