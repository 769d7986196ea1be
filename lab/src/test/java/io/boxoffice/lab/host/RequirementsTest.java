package io.boxoffice.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequirementsTest {
  @Test
  void missingPackagesAreNamedWithTheLineThatInstallsThem() {
    List<String> missing =
        Requirements.missing(Requirements.cluster(), name -> !name.matches("patroni|haproxy"));

    assertThat(missing).containsExactly("patroni", "haproxy");
    assertThat(Requirements.installation(missing)).endsWith(" patroni haproxy");
  }

  @Test
  void theTopologySingleNeedsNoManager() {
    assertThat(Requirements.cluster()).containsAll(Requirements.single());
    assertThat(Requirements.single()).doesNotContain("patroni", "etcd-server", "haproxy");
  }

  @Test
  void theToolsOfFaultsAreNamedBeforeALabStarts() {
    assertThat(Requirements.single()).contains("strace");
    assertThat(Requirements.cluster()).contains("strace", "faketime");
  }

  @Test
  void twoSitesNeedNoManagerAndUnpackTheirOwnPostgresql() {
    assertThat(Requirements.sites())
        .contains("postgresql", "haproxy", "xz-utils")
        .doesNotContain("patroni", "etcd-server");
    assertThat(Requirements.missing(Requirements.sites(), name -> !name.equals("xz-utils")))
        .containsExactly("xz-utils");
  }

  @Test
  void onlyANamespaceWithoutDevicesIsTheLabsOwn() {
    List<String> head =
        List.of("Inter-|   Receive  |  Transmit", " face |bytes packets|bytes packets");

    assertThat(Requirements.hasLoopbackOnly(List.of(head.get(0), head.get(1), "    lo: 0 0")))
        .isTrue();
    assertThat(
            Requirements.hasLoopbackOnly(
                List.of(head.get(0), head.get(1), "    lo: 0 0", "  eth0: 52 1")))
        .isFalse();
  }
}
