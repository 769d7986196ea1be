package io.boxoffice.lab.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.lab.topology.Status;
import io.boxoffice.lab.topology.Status.Database;
import io.boxoffice.lab.topology.Status.Role;
import io.boxoffice.lab.topology.Status.Shop;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTest {
  private static final Picture.Load LOAD = new Picture.Load(99.6, 0, 1_200, 3, 7);
  private static final Database PRIMARY = new Database("db1", Role.PRIMARY, "running", 4, 0, false);

  @Test
  void eachPartHasALine() {
    Status status =
        new Status(
            List.of(
                PRIMARY,
                new Database("db2", Role.STANDBY, "streaming", 4, 2_048, true),
                new Database("db3", Role.UNKNOWN, "no answer", 0, -1, false)),
            List.of(new Shop("shop1", true), new Shop("shop2", false)),
            false);

    assertThat(Picture.lines("active-passive", "running", status, LOAD))
        .containsExactly(
            "active-passive: running  (not complete)",
            "  db1      primary  running      timeline 4    lag -",
            "  db2      standby  streaming    timeline 4    lag 2 kB       sync",
            "  db3      unknown  no answer    timeline ?    lag -",
            "  shop1    ready",
            "  shop2    NOT READY",
            "  purchases 100/s, errors 0/s; in all 1200 and 3; 7 buyers wait");
    assertThat(Picture.line("running", status, LOAD))
        .isEqualTo(
            "running: primary db1 (timeline 4), 1 of 2 shops ready, 100 purchases/s, 0 errors/s,"
                + " not complete");
  }

  @Test
  void twoPrimariesAreASplitBrain() {
    Status status =
        new Status(
            List.of(PRIMARY, new Database("db2", Role.PRIMARY, "running", 5, 0, false)),
            List.of(),
            false);

    assertThat(Picture.lines("active-passive", "running", status, LOAD))
        .contains("SPLIT BRAIN: 2 databases are primary");
    assertThat(Picture.line("running", status, LOAD))
        .contains("primary db1 (timeline 4) and db2 (timeline 5)");
  }

  @Test
  void twoSitesShowTheirHomesAndEpochs() {
    Status status =
        new Status(
            List.of(PRIMARY, new Database("db2", Role.PRIMARY, "running", 1, 0, false)),
            List.of(),
            List.of(
                new Status.Site("a", 2, 3, 0.44),
                new Status.Site("b", 0, 3, Double.NaN),
                new Status.Site("c", -1, 0, Double.NaN)),
            true);

    assertThat(Picture.lines("active-active", "running", status, LOAD))
        .contains(
            "  site a sells 2 concerts, epoch 3, changes of the other site are 0.4 s old",
            "  site b sells 0 concerts, epoch 3, changes of the other site have no age",
            "  site c does not answer")
        .noneMatch(line -> line.contains("SPLIT"));
    assertThat(Picture.line("running", status, LOAD)).contains("; a sells 2 concerts, epoch 3");
  }
}
