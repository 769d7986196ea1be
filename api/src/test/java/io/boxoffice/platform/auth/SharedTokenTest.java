package io.boxoffice.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedTokenTest {
  @Test
  void onlyTheTokenIsAccepted() {
    SharedToken token = new SharedToken(" right-token\n");
    assertThat(token.isSet()).isTrue();
    assertThat(token.accepts("right-token")).isTrue();
    assertThat(token.accepts("right-token ")).isFalse();
    assertThat(token.accepts("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void aBlankTokenIsNoToken(String blank) {
    SharedToken token = new SharedToken(blank);
    assertThat(token.isSet()).isFalse();
    assertThat(token.accepts(blank)).isFalse();
    assertThat(token.accepts("")).isFalse();
  }
}
