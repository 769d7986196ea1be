package io.boxoffice.lab.active;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.lab.database.Configuration;
import io.boxoffice.lab.topology.Fault;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ActiveActiveTest {
  private static final Path DATA = Path.of("/var/lib/lab");

  @Test
  void buyersHaveAnEntranceAtEachSite() {
    assertThat(new ActiveActive(Configuration.SHIPPED, DATA).entrances())
        .containsExactly(
            URI.create("http://10.77.0.42:8080"), URI.create("http://10.77.0.52:8080"));
  }

  @Test
  void twoSitesCanBeKilledFrozenCutAndMoved() {
    assertThat(new ActiveActive(Configuration.SHIPPED, DATA).faults())
        .extracting(Fault::name)
        .containsExactly(
            "none",
            "kill-site",
            "freeze-site",
            "cut-and-take-over",
            "cut-sites",
            "move-home",
            "kill-replica",
            "freeze-replica",
            "rolling-upgrade");
  }

  @Test
  void theExhibitNeedsNoFault() {
    assertThat(new ActiveActive(Configuration.NAIVE, DATA).faults())
        .extracting(Fault::name)
        .containsExactly("none");
  }
}
