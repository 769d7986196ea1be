package io.boxoffice.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.lab.host.Plan.Link;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void aNodeIsConnectedWithEachOfItsBridges() {
    assertThat(lines(Plan.node("db1")))
        .containsExactly(
            "ip netns add boxoffice-lab-db1", "ip -n boxoffice-lab-db1 link set lo up");
    assertThat(lines(Plan.connect("db1", 11, Link.CONTROL)))
        .containsExactly(
            "ip link add c-db1 type veth peer name eth1 netns boxoffice-lab-db1",
            "ip link set c-db1 master control up",
            "ip -n boxoffice-lab-db1 address add 10.77.1.11/24 dev eth1",
            "ip -n boxoffice-lab-db1 link set eth1 up");
  }

  @Test
  void noCommandAddsARouteOrAnAddressOutsideTheLab() {
    Stream<List<String>> all =
        Stream.of(Link.values())
            .flatMap(
                link ->
                    Stream.of(Plan.bridge(link), Plan.connect("db1", 11, link))
                        .flatMap(List::stream));

    assertThat(all)
        .allSatisfy(
            command -> {
              assertThat(command).doesNotContain("route");
              assertThat(command.stream().filter(word -> word.matches("[0-9.]+/[0-9]+")))
                  .allMatch(address -> address.startsWith("10.77."));
            });
  }

  @Test
  void aFaultTakesOneLinkDown() {
    assertThat(Plan.set("db2", Link.DATA, false))
        .containsExactly("ip", "link", "set", "d-db2", "down");
    assertThat(Plan.set("db2", Link.CONTROL, true))
        .containsExactly("ip", "link", "set", "c-db2", "up");
  }

  @Test
  void aFaultLetsOneNodeLoseAnotherWithoutAnError() {
    assertThat(String.join(" ", Plan.setReachable("db2", Link.DATA, 13, false)))
        .isEqualTo(
            "ip -n boxoffice-lab-db2 neigh replace 10.77.0.13 nud permanent"
                + " lladdr 02:00:00:00:00:01 dev eth0");
    assertThat(String.join(" ", Plan.setReachable("db2", Link.DATA, 13, true)))
        .isEqualTo("ip -n boxoffice-lab-db2 neigh del 10.77.0.13 dev eth0");
  }

  @Test
  void twoSitesHaveALinkOfTheirOwnThatCanBeCut() {
    assertThat(lines(Plan.connect("db-a", 41, Link.SITES)))
        .contains("ip -n boxoffice-lab-db-a address add 10.77.2.41/24 dev eth2");
    assertThat(Plan.set("db-a", Link.SITES, false))
        .containsExactly("ip", "link", "set", "s-db-a", "down");
  }

  @Test
  void namesOfDevicesAreShortEnoughForTheKernel() {
    assertThat(Plan.set("shop-a1", Link.DATA, true).get(3)).hasSizeLessThan(16);
  }

  private static List<String> lines(List<List<String>> commands) {
    return commands.stream().map(command -> String.join(" ", command)).toList();
  }
}
