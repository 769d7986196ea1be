package io.boxoffice.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {
  @TempDir private Path folder;

  @Test
  void itIsThatOfBothMoments() throws IOException {
    Path file = folder.resolve("evidence.json");

    Evidence.write(file, Map.of("timeline", 1), Map.of("timeline", 2));

    JsonNode written = new ObjectMapper().readTree(file.toFile());
    assertThat(written.at("/before/timeline").asInt()).isEqualTo(1);
    assertThat(written.at("/after/timeline").asInt()).isEqualTo(2);
  }

  @Test
  void withoutAManagerThereIsNoFile() {
    Evidence.write(folder.resolve("evidence.json"), Map.of(), Map.of());

    assertThat(folder).isEmptyDirectory();
  }
}
