package io.boxoffice.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CheckedInContractTest {
  private static final Path CHECKED_IN = Path.of("openapi.yaml");

  @Test
  void theCheckedInContractMatchesTheCode() throws IOException {
    String generated =
        Resources.toString(
            Resources.getResource(ContractResource.class, "/openapi.yaml"), StandardCharsets.UTF_8);
    assertThat(CHECKED_IN)
        .as(
            "api/openapi.yaml differs from the contract of the code. If that is meant, and no"
                + " client breaks, run"
                + " cp api/target/classes/openapi.yaml api/openapi.yaml")
        .content(StandardCharsets.UTF_8)
        .isEqualTo(generated);
  }
}
