package io.boxoffice.account.oidc.provider;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.StartupException;
import io.dropwizard.util.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderSettingsTest {
  private static final String ISSUER = "https://login.example.com/shop";
  private static final String REDIRECT = "https://shop.example.com/signed-in";

  private static ProviderSettings settings(String issuer, String clientId, String redirectUris) {
    return new ProviderSettings(
        issuer, clientId, "secret", redirectUris, "email_verified", Duration.seconds(5), 4, 8);
  }

  @ParameterizedTest
  @CsvSource({
    ISSUER,
    "https://login.microsoftonline.com/72f988bf-0000-0000-0000-2d7cd011db47/v2.0",
    "https://tenant.auth0.example/",
    "http://localhost:8888/shop",
    "http://127.0.0.1:8888/shop",
    "http://[::1]:8888/shop",
  })
  void anIssuerIsAnHttpsAddressOrOnThisMachine(String issuer) {
    assertThatCode(
            settings(issuer, "boxoffice", REDIRECT + ", http://localhost:3000/x")::requireUsable)
        .doesNotThrowAnyException();
  }

  @Test
  void withoutAnIssuerNothingIsNeeded() {
    assertThatCode(settings("", "", "")::requireUsable).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "http://login.example.com/shop,OIDC_ISSUER is 'http://login.example.com/shop'",
    "https://login.example.com/shop?x=1,OIDC_ISSUER is",
    "https://login.example.com/shop#x,OIDC_ISSUER is",
    "https://user@login.example.com/,OIDC_ISSUER is",
    "http://localhost.example.com/shop,OIDC_ISSUER is",
    "login.example.com,OIDC_ISSUER is",
    "https:///shop,OIDC_ISSUER is",
    "file:///etc/passwd,OIDC_ISSUER is",
  })
  void anotherIssuerStopsTheStartWithTheReason(String issuer, String reason) {
    assertThatThrownBy(settings(issuer, "boxoffice", REDIRECT)::requireUsable)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void whatTheIssuerNeedsIsNamed() {
    assertThatThrownBy(settings(ISSUER, " ", REDIRECT)::requireUsable)
        .hasMessageContaining("OIDC_CLIENT_ID is needed with OIDC_ISSUER");
    assertThatThrownBy(settings(ISSUER, "boxoffice", " , ")::requireUsable)
        .hasMessageContaining("OIDC_REDIRECT_URIS is needed with OIDC_ISSUER");
    assertThatThrownBy(
            settings(ISSUER, "boxoffice", REDIRECT + ",http://shop.example.com/x")::requireUsable)
        .hasMessageContaining("OIDC_REDIRECT_URIS contains 'http://shop.example.com/x'");
  }
}
