package io.boxoffice.simulation.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.simulation.rule.TestRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that the plots in the documentation match the shipped profiles. */
class ProfilePlotTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Path PLOTS = DOCS.resolve("simulation");

  @Test
  void plotsMatchTheShippedProfiles() throws IOException {
    for (Map.Entry<String, String> plot : ProfilePlot.all().entrySet()) {
      assertThat(PLOTS.resolve(plot.getKey()))
          .as("written by ProfilePlot, see docs/simulation.md")
          .hasContent(plot.getValue());
    }
    try (Stream<Path> files = Files.list(PLOTS)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names).containsExactlyInAnyOrderElementsOf(ProfilePlot.all().keySet());
    }
  }

  @Test
  void everyShippedProfileIsDocumentedWithItsPlot() throws IOException {
    String text = Files.readString(DOCS.resolve("simulation.md"));

    for (String profile : TestRoutes.SHIPPED.keySet()) {
      assertThat(text).contains("### " + profile + "\n");
    }
    for (String plot : ProfilePlot.all().keySet()) {
      assertThat(text).contains("(simulation/" + plot + ")");
    }
  }
}
