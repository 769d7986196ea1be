package io.boxoffice.gate.code.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.gate.code.format.CodeCheck.Reason;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketVerifierTest {
  private static final int NUMBER = 0xfffe;
  private static final TicketCode CODE =
      new TicketCode(
          NUMBER,
          UUID.fromString("01900000-0000-7000-8000-0123456789ab"),
          UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff"));
  private static final KeyPair KEY = generate();
  private static final byte[] PUBLIC = publicBytes(KEY);
  private static final String TEXT = CODE.text(sign(KEY, CODE.message()));
  private static final TicketVerifier VERIFIER = TicketVerifier.of(Map.of(NUMBER, PUBLIC));

  /** The negative control: whoever writes a code, it is genuine. */
  private static final TicketVerifier WITHOUT_SIGNATURES =
      new TicketVerifier(number -> Optional.of((message, signature) -> true));

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static byte[] publicBytes(KeyPair key) {
    byte[] encoded = key.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  private static byte[] sign(KeyPair key, byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException cause) {
      throw new IllegalStateException(cause);
    }
  }

  private static String text(byte[] bytes) {
    return TicketCode.PREFIX + Base45.encode(bytes);
  }

  private static byte[] bytes() {
    return Base45.decode(TEXT.substring(TicketCode.PREFIX.length())).orElseThrow();
  }

  private static CodeCheck refused(Reason reason) {
    return new CodeCheck.Refused(reason);
  }

  @Test
  void aCodeOfTheShopIsGenuineAndSaysItsTicketAndConcert() {
    assertThat(TEXT).hasSize(TicketCode.LENGTH).startsWith("BX1:").matches("[0-9A-Z $%*+./:-]+");
    assertThat(VERIFIER.check(TEXT)).isEqualTo(new CodeCheck.Genuine(CODE));
  }

  @Test
  void eachChangedBitIsRefused() {
    for (int bit = 0; bit < bytes().length * 8; bit++) {
      byte[] changed = bytes();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(VERIFIER.check(text(changed)))
          .as("bit %d", bit)
          .isEqualTo(refused(bit < 16 ? Reason.UNKNOWN_KEY : Reason.FORGED));
      assertThat(WITHOUT_SIGNATURES.check(text(changed)))
          .as("the control, bit %d", bit)
          .isInstanceOf(CodeCheck.Genuine.class);
    }
  }

  @Test
  void randomChangesOfSeveralBytesAreRefused() {
    Random random = new Random(8032);
    for (int i = 0; i < 300; i++) {
      byte[] changed = bytes();
      for (int change = 0; change <= random.nextInt(5); change++) {
        changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
      }
      boolean same = Arrays.equals(changed, bytes());
      assertThat(VERIFIER.check(text(changed)) instanceof CodeCheck.Genuine).isEqualTo(same);
    }
  }

  @Test
  void eachChangedCharacterIsRefused() {
    for (int i = 0; i < TEXT.length(); i++) {
      for (char other : new char[] {'0', 'Z', ':', 'a', '\n', '\u00df', '\ud834'}) {
        String changed = TEXT.substring(0, i) + other + TEXT.substring(i + 1);
        if (other != TEXT.charAt(i)) {
          assertThat(VERIFIER.check(changed)).isInstanceOf(CodeCheck.Refused.class);
        }
      }
    }
  }

  @Test
  void aCodeThatEndsTooEarlyIsTruncated() {
    for (int length = TicketCode.PREFIX.length(); length < TEXT.length(); length++) {
      assertThat(VERIFIER.check(TEXT.substring(0, length))).isEqualTo(refused(Reason.TRUNCATED));
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "BX1", "BX2:", "bx1:", " BX1:", "01900000-0000-7000-8000-0123456789ab"})
  void whatIsNoTicketCodeIsMalformed(String text) {
    assertThat(VERIFIER.check(text)).isEqualTo(refused(Reason.MALFORMED));
  }

  @Test
  void aLongerTextIsMalformedWhateverItsLength() {
    assertThat(VERIFIER.check(TEXT + "0")).isEqualTo(refused(Reason.MALFORMED));
    assertThat(VERIFIER.check(TEXT + "0".repeat(10_000_000))).isEqualTo(refused(Reason.MALFORMED));
  }

  @Test
  void noTextMakesItThrow() {
    Random random = new Random(9285);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? TicketCode.PREFIX : "");
      int length = random.nextBoolean() ? 147 : random.nextInt(200);
      int most = random.nextBoolean() ? 0x80 : 0x10000;
      for (int j = 0; j < length; j++) {
        text.append((char) random.nextInt(most));
      }
      assertThat(VERIFIER.check(text.toString())).isInstanceOf(CodeCheck.Refused.class);
    }
  }

  @Test
  void aKeyThatTheGateDoesNotHaveIsUnknown() {
    assertThat(TicketVerifier.of(Map.of(1, PUBLIC)).check(TEXT))
        .isEqualTo(refused(Reason.UNKNOWN_KEY));
    assertThat(TicketVerifier.of(Map.of()).check(TEXT)).isEqualTo(refused(Reason.UNKNOWN_KEY));
  }

  @Test
  void aCodeThatAnotherKeySignedIsForged() {
    String forged = CODE.text(sign(generate(), CODE.message()));
    assertThat(VERIFIER.check(forged)).isEqualTo(refused(Reason.FORGED));
    assertThat(TicketVerifier.of(Map.of(NUMBER, publicBytes(generate()))).check(TEXT))
        .isEqualTo(refused(Reason.FORGED));
  }

  @Test
  void aSignatureForAnotherPurposeIsForged() {
    byte[] message = CODE.message();
    byte[] content = Arrays.copyOfRange(message, message.length - 34, message.length);
    assertThat(VERIFIER.check(CODE.text(sign(KEY, content)))).isEqualTo(refused(Reason.FORGED));
  }

  @Test
  void noOtherCodeCanBeWritten() {
    assertThatThrownBy(() -> new TicketCode(65_536, CODE.ticketId(), CODE.concertId()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TicketCode(-1, CODE.ticketId(), CODE.concertId()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CODE.text(new byte[63])).isInstanceOf(IllegalArgumentException.class);
  }
}
