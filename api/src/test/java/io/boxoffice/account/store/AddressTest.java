package io.boxoffice.account.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.error.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "ada@example.com,ada@example.com,ada@example.com",
    "Ada.L+x@EXAMPLE.com,Ada.L+x@example.com,ada.l+x@example.com",
    "\"a@b\"@Example.com,\"a@b\"@example.com,\"a@b\"@example.com",
    "u\u0308ber@example.com,\u00fcber@example.com,\u00fcber@example.com",
    "\u00dcber@example.com,\u00dcber@example.com,\u00dcber@example.com",
  })
  void anAddressIsNormalised(String typed, String text, String key) {
    assertThat(Address.of(typed)).isEqualTo(new Address(text, key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"m\u0131ke@example.com", "M\u0130KE@example.com"})
  void aLetterThatAnotherLocaleMapsToIIsNoI(String other) {
    assertThat(Address.of(other).key()).isNotEqualTo(Address.of("MIKE@example.com").key());
  }

  @Test
  void aNormalFormThatIsTooLongIsRejected() {
    String grows = "\u0958".repeat(200) + "@example.com"; // two characters each in NFC
    assertThatThrownBy(() -> Address.of(grows)).isInstanceOf(ProblemException.class);
  }
}
