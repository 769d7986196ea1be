package io.boxoffice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that the plots in the documentation match the shipped profiles. */
class ProfilePlotsTest {
  private static final Path DOCS = Path.of("..");
  private static final Path PLOTS = DOCS.resolve("simulation");

  @Test
  void plotsMatchTheShippedProfiles() throws IOException {
    for (Map.Entry<String, String> plot : ProfilePlots.all().entrySet()) {
      assertThat(PLOTS.resolve(plot.getKey()))
          .as("written by ProfilePlots, see docs/simulation.md")
          .hasContent(plot.getValue());
    }
    try (Stream<Path> files = Files.list(PLOTS)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names).containsExactlyInAnyOrderElementsOf(ProfilePlots.all().keySet());
    }
  }

  @Test
  void everyShippedProfileIsDocumentedWithItsPlot() throws IOException {
    String text = Files.readString(DOCS.resolve("simulation.md"));

    for (String profile : ProfilePlots.profiles().keySet()) {
      assertThat(text).contains("### " + profile + "\n");
    }
    for (String plot : ProfilePlots.all().keySet()) {
      assertThat(text).contains("(simulation/" + plot + ")");
    }
  }
}
