package io.boxoffice.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.StartupException;
import io.dropwizard.util.Duration;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which addresses and tokens the shop accepts. */
class PartnerSettingsTest {
  private static PartnerSettings settings(String searchUrl, String token) {
    return new PartnerSettings("", searchUrl, "", "", token, Duration.seconds(10));
  }

  @Test
  void aBlankAddressMeansNoPartner() {
    PartnerSettings settings = settings("https://search.example.com/v1", "");
    settings.requireUsable();

    assertThat(settings.base(Partner.SEARCH))
        .contains(URI.create("https://search.example.com/v1/"));
    assertThat(settings.base(Partner.EMAIL)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://search.example.com", "https://u:p@host", "https://host?q=1", "search"})
  void anUnsafeAddressStopsTheStart(String url) {
    assertThatThrownBy(() -> settings(url, "").requireUsable())
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("SEARCH_URL is not valid.")
        .hasMessageNotContaining("u:p");
  }

  @Test
  void aTokenOfAnotherFormStopsTheStart() {
    assertThatThrownBy(() -> settings("", "two words").requireUsable())
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("PARTNER_TOKEN has another form")
        .hasMessageNotContaining("two words");
    assertThat(settings("", "secret")).asString().doesNotContain("secret");
  }
}
