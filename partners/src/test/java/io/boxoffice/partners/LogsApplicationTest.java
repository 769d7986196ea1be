package io.boxoffice.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.partners.email.EmailRole;
import io.boxoffice.partners.search.SearchRole;
import io.boxoffice.partners.testing.Eventually;
import io.boxoffice.partners.testing.PartnerClient;
import io.boxoffice.partners.testing.RunningPartner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of a partner have the roles of its process, and the id that the shop gave the call. */
class LogsApplicationTest {
  @TempDir private static Path directory;

  @Test
  void aLineOfARequestHasTheRolesAndItsId() throws Exception {
    Path file = directory.resolve("requests.log");
    try (RunningPartner partner =
        new RunningPartner(directory, new EmailRole(), new SearchRole())
            .with("server.requestLog.format", "json")
            .with("server.requestLog.appenders[0].type", "file")
            .with("server.requestLog.appenders[0].archive", "false")
            .with("server.requestLog.appenders[0].currentLogFilename", file.toString())
            .start()) {
      PartnerClient.join(
          partner.client().send("GET", "/mails", null, "X-Request-Id", "of-the-shop"));
      Eventually.holds(() -> !linesWith("of-the-shop", file).isEmpty());
    }
    JsonNode line = new ObjectMapper().readTree(linesWith("of-the-shop", file).get(0));
    assertThat(line.path("role").asText()).isEqualTo("email+search");
    assertThat(line.path("requestId").asText()).isEqualTo("of-the-shop");
    assertThat(line.path("uri").asText()).isEqualTo("/mails");
  }

  private static List<String> linesWith(String text, Path file) {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().filter(line -> line.contains(text)).toList()
          : List.of();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
