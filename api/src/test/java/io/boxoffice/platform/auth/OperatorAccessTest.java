package io.boxoffice.platform.auth;

import static io.boxoffice.platform.auth.OperatorAccess.Decision.FORBIDDEN;
import static io.boxoffice.platform.auth.OperatorAccess.Decision.GRANTED;
import static io.boxoffice.platform.auth.OperatorAccess.Decision.UNAUTHORIZED;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.auth.OperatorAccess.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorAccessTest {
  private final OperatorAccess guarded = new OperatorAccess("right-token");
  private final OperatorAccess open = new OperatorAccess(" ");

  @ParameterizedTest
  @ValueSource(strings = {"Bearer right-token", "bearer right-token", "Bearer  right-token "})
  void theTokenIsAccepted(String authorization) {
    assertThat(guarded.decide(remote(authorization))).isEqualTo(GRANTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer wrong",
        "Bearer right-token2",
        "Bearer ",
        "right-token",
        "Basic right-token",
        ""
      })
  void anyOtherTokenIsRejected(String authorization) {
    assertThat(guarded.decide(remote(authorization))).isEqualTo(UNAUTHORIZED);
  }

  @Test
  void withATokenLoopbackAloneIsNotEnough() {
    assertThat(guarded.decide(new Call(null, true, "localhost", null, false)))
        .isEqualTo(UNAUTHORIZED);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,",
    "localhost:8080,",
    "LOCALHOST:8080,",
    "127.0.0.1:8080,",
    "[::1]:8080,",
    "localhost:8080,http://localhost:8080",
    "127.0.0.1,http://127.0.0.1:3000",
  })
  void withoutATokenCallsFromThisMachineAreAccepted(String host, String origin) {
    assertThat(open.decide(new Call(null, true, host, origin, false))).isEqualTo(GRANTED);
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example,",
    "localhost.evil.example:8080,",
    "127.0.0.1.evil.example,",
    "::1,",
    ",",
    "localhost:8080,http://evil.example",
    "localhost:8080,null",
    "localhost:8080,not an origin",
    "localhost@evil.example,",
  })
  void aPageOfAnotherSiteIsRejected(String host, String origin) {
    assertThat(open.decide(new Call(null, true, host, origin, false))).isEqualTo(FORBIDDEN);
  }

  @Test
  void anotherMachineIsRejected() {
    assertThat(open.decide(new Call(null, false, "localhost", null, false))).isEqualTo(FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "[::1]", "0:0:0:0:0:0:0:1"})
  void theAddressesOfThisMachineAreAccepted(String peer) {
    assertThat(open.decide(from(peer))).isEqualTo(GRANTED);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"10.0.0.1", "[fe80::1]", "/run/socket"})
  void anyOtherAddressIsRejected(String peer) {
    assertThat(open.decide(from(peer))).isEqualTo(FORBIDDEN);
  }

  @Test
  void aForwardedCallIsRejected() {
    assertThat(open.decide(new Call(null, true, "localhost", null, true))).isEqualTo(FORBIDDEN);
  }

  private static Call from(String peer) {
    return Call.of(name -> name.equals("Host") ? "localhost" : null, peer);
  }

  private static Call remote(String authorization) {
    return new Call(authorization, false, "tickets.example", null, true);
  }
}
