package io.boxoffice.platform.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.StartupException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginFilterTest {

  @Test
  void originsAsBrowsersSendThemAreAccepted() {
    assertThatCode(
            () ->
                new CrossOriginFilter(
                    List.of("https://shop.example", "http://localhost:5173", "https://10.0.0.1")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "https://*.example",
        "shop.example",
        "https://shop.example/",
        "https://Shop.example",
        "ftp://shop.example",
        "https://shop.example https://other.example"
      })
  void anythingElseStopsTheStart(String wrong) {
    assertThatThrownBy(() -> new CrossOriginFilter(List.of("https://shop.example", wrong)))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("CORS_ALLOWED_ORIGINS has '" + wrong + "'")
        .hasMessageContaining("such as https://shop.example");
  }
}
