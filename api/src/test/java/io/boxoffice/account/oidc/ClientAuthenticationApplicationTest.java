package io.boxoffice.account.oidc;

import static io.boxoffice.testing.TestProvider.CLIENT_ID;
import static io.boxoffice.testing.TestProvider.TOKEN;
import static io.boxoffice.testing.TestProvider.address;
import static io.boxoffice.testing.TestProvider.begin;
import static io.boxoffice.testing.TestProvider.complete;
import static io.boxoffice.testing.TestProvider.completion;
import static io.boxoffice.testing.TestProvider.newSubject;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestProvider;
import io.boxoffice.testing.TestProvider.Begun;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests how the service shows the provider who it is (RFC 6749, section 2.3.1). */
class ClientAuthenticationApplicationTest {
  private static final TestProvider PROVIDER = TestProvider.start();

  @RegisterExtension
  private static final TestApplication APPLICATION =
      PROVIDER.usedBy(TestApplication.shipped().signing());

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @Test
  void theServiceAuthenticatesToTheProviderWithItsSecretAndTheVerifier() {
    ApiClient api = APPLICATION.client();
    Begun begun = begin(api);
    PROVIDER.signsIn(newSubject(), address(newSubject() + "@example.com", true));
    assertThat(complete(api, begun.id(), completion(begun, PROVIDER.authorize(begun))).status())
        .isEqualTo(201);

    String credentials =
        PROVIDER.last(TOKEN).getHeaders().get("Authorization").substring("Basic ".length());
    assertThat(new String(Base64.getDecoder().decode(credentials), StandardCharsets.US_ASCII))
        .isEqualTo("boxoffice:se%3Acret%2B%2F%C3%BC");
    assertThat(PROVIDER.last(TOKEN).getBody())
        .contains("code_verifier=" + begun.codeVerifier())
        .doesNotContain("se%3Acret", "client_id");
  }

  @Test
  void aServiceWithoutASecretIsAPublicClient() throws Exception {
    TestApplication withoutSecret =
        PROVIDER
            .usedBy(TestApplication.shipped().signing())
            .with("accounts.identityProvider.clientSecret", "")
            .start();
    try {
      assertThat(
              PROVIDER
                  .signIn(withoutSecret.client(), newSubject(), newSubject() + "@example.com")
                  .status())
          .isEqualTo(201);
      assertThat(PROVIDER.last(TOKEN).getHeaders().get("Authorization")).isNull();
      assertThat(PROVIDER.last(TOKEN).getBody()).contains("client_id=" + CLIENT_ID);
    } finally {
      withoutSecret.stop();
    }
  }
}
