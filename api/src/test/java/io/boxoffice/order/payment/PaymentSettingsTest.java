package io.boxoffice.order.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.StartupException;
import io.dropwizard.util.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentSettingsTest {
  private static final String URL = "https://pay.example.com/v1";

  private static PaymentSettings settings(String url, String token, String secret) {
    return new PaymentSettings(url, token, secret, Duration.minutes(90), 2000, Partners.TOLERANT);
  }

  private static PaymentSettings at(String url) {
    return settings(url, Partners.TOKEN, Partners.SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        URL,
        "https://pay.example.com",
        "http://localhost:8090",
        "http://127.0.0.1:8090/",
        "http://[::1]:8090",
        "http://payment:8080",
        "http://payment.shop.svc:8080",
        "http://payment.shop.svc.cluster.local:8080/v1"
      })
  void anAddressIsHttpsOrWithinTheCluster(String url) {
    assertThatCode(at(url)::requireUsable).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://pay.example.com",
        "http://localhost.example.com",
        "http://payment.shop.svc.example.com",
        "http://payment.shop.svc.cluster.local.example.com",
        "http://a.b.shop.svc",
        "http://example.svc",
        "http://2130706433",
        "http://1payment",
        "http://10.0.0.1:8080",
        "http://[fe80::1]",
        "https://user:hidden@pay.example.com",
        "https://pay.example.com?x=1",
        "https://pay.example.com#x",
        "https:///v1",
        "pay.example.com",
        "file:///etc/passwd",
        "https://pay.example.com/ hidden"
      })
  void anotherAddressStopsTheStart(String url) {
    assertThatThrownBy(at(url)::requireUsable)
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("PAYMENT_URL is not valid.")
        .message()
        .doesNotContain("hidden");
  }

  @Test
  void callsAreBelowTheAddress() {
    assertThat(at(URL).base().resolve("charges")).hasToString("https://pay.example.com/v1/charges");
    assertThat(at("http://payment:8080").base().resolve("charges"))
        .hasToString("http://payment:8080/charges");
  }

  @Test
  void withoutAnAddressNothingIsNeeded() {
    assertThatCode(settings("", "", "")::requireUsable).doesNotThrowAnyException();
  }

  @Test
  void anAddressNeedsASecret() {
    assertThatThrownBy(settings(URL, "", " ")::requireUsable)
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("PAYMENT_CALLBACK_SECRET is needed with PAYMENT_URL.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"short-secret-15", "a secret with spaces", "a-secret-with-ü-in-it"})
  void aSecretOfAnotherFormStopsTheStart(String secret) {
    for (String url : new String[] {URL, ""}) {
      assertThatThrownBy(settings(url, "", secret)::requireUsable)
          .isInstanceOf(StartupException.class)
          .hasMessageStartingWith("PAYMENT_CALLBACK_SECRET has another form")
          .message()
          .doesNotContain(secret);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "line\r\nbreak", "ü"})
  void aTokenThatIsNoHeaderStopsTheStart(String token) {
    assertThatThrownBy(settings(URL, token, Partners.SECRET)::requireUsable)
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("PAYMENT_TOKEN has another form")
        .message()
        .doesNotContain(token);
  }

  @Test
  void aCallIsSlowBeforeItEnds() {
    PaymentSettings never =
        Partners.settings(URL, Partners.TOLERANT.slowAfter(), 1, Partners.TOLERANT);

    assertThatThrownBy(never::requireUsable)
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "PAYMENT_BREAKER_SLOW_AFTER is 1 hour and must be shorter than PAYMENT_TIMEOUT, 1 hour, at which every call ends.");
  }

  @Test
  void noTextContainsASecret() {
    assertThat(at(URL).toString()).doesNotContain(Partners.TOKEN, Partners.SECRET);
    assertThat(Partners.request().toString()).doesNotContain("tok_ok");
  }
}
