package io.boxoffice.account.factor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  /** The key of the test vectors, ASCII digits of 20 bytes (RFC 6238, appendix B). */
  private static final String SECRET =
      BaseEncoding.base32().encode("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

  /** The beginning of a step. */
  private static final Instant BEGIN = Instant.ofEpochSecond(1_800_000_000L);

  /** The RFC's codes have 8 digits; a code of 6 digits is the end of one. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130",
  })
  void theCodesAreThoseOfTheRfc(long time, String eightDigits) {
    assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(time))))
        .isEqualTo(eightDigits.substring(2));
  }

  /** The codes of HOTP (RFC 4226, appendix D), whose counter is the step here. */
  @ParameterizedTest
  @CsvSource({"0, 755224", "1, 287082", "2, 359152", "8, 399871", "9, 520489"})
  void theCodesOfCountersAreThoseOfTheRfcOfHotp(long step, String code) {
    assertThat(Totp.code(SECRET, step)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, true", "29999, 0, true", // its own window
    "30000, 0, true", "59999, 0, true", // one window later
    "60000, 0, false", "-1, 0, false", // two later, and before its own
  })
  void aCodeIsOfItsWindowAndTheNextOne(long millis, long step, boolean accepted) {
    long first = Totp.step(BEGIN) + step;
    OptionalLong found = Totp.stepOf(Totp.code(SECRET, first), SECRET, BEGIN.plusMillis(millis));
    assertThat(found).isEqualTo(accepted ? OptionalLong.of(first) : OptionalLong.empty());
  }

  @Test
  void anythingElseIsNoCode() {
    String code = Totp.code(SECRET, Totp.step(BEGIN));
    for (String wrong : new String[] {"", code + "0", code.substring(1), "000000", "٠١٢٣٤٥"}) {
      assertThat(Totp.stepOf(wrong, SECRET, BEGIN)).as(wrong).isEmpty();
    }
  }

  @Test
  void aSecretHas160RandomBitsInBase32WithoutPadding() {
    SecureRandom random = new SecureRandom();
    assertThat(Stream.generate(() -> Totp.newSecret(random)).limit(100).collect(Collectors.toSet()))
        .hasSize(100)
        .allMatch(secret -> secret.matches("[A-Z2-7]{32}"));
  }

  @Test
  void theUriHasTheFormThatAppsRead() {
    assertThat(KeyUri.of("Box Office", "a+b@example.com", "JBSWY3DP"))
        .isEqualTo(
            "otpauth://totp/Box%20Office:a%2Bb%40example.com"
                + "?secret=JBSWY3DP&issuer=Box%20Office&algorithm=SHA1&digits=6&period=30");
  }

  @Test
  void aRecoveryCodeHas120RandomBitsAndItsSpellingDoesNotCount() {
    SecureRandom random = new SecureRandom();
    assertThat(
            Stream.generate(() -> RecoveryCode.create(random))
                .limit(100)
                .collect(Collectors.toSet()))
        .hasSize(100)
        .allMatch(code -> code.matches("([A-Z2-7]{4}-){5}[A-Z2-7]{4}"));
    assertThat(RecoveryCode.hash("abcd efgh ijkl mnop qrst uvwx"))
        .isEqualTo(RecoveryCode.hash("ABCD-EFGH-IJKL-MNOP-QRST-UVWX"))
        .isNotEqualTo(RecoveryCode.hash("ABCD-EFGH-IJKL-MNOP-QRST-UVWY"))
        .matches("[0-9a-f]{64}");
  }
}
