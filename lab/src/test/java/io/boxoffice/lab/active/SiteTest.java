package io.boxoffice.lab.active;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.lab.active.Site.Place;
import io.boxoffice.lab.host.Node;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SiteTest {
  private static final Path DATA = Path.of("/var/lib/lab");
  private static final Place A = new Place("a", 41, DATA);
  private static final Place B = new Place("b", 51, DATA);

  @Test
  void aReplicaKnowsItsSiteAndPassesRequestsOnToTheEntranceOfTheOtherOne() {
    Map<String, String> settings = Site.settings(A, B, A.shops().get(0), false);

    assertThat(settings)
        .containsEntry("SITE", "a")
        .containsEntry("PEER_SITE", "b")
        .containsEntry("PEER_URL", "http://site-b:8080")
        .containsEntry("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=/var/lib/lab/shop-a1/hosts");
    assertThat(Site.hosts(B, "laptop"))
        .isEqualTo("127.0.0.1 localhost laptop\n10.77.2.52 site-b\n");
  }

  @Test
  void aReplicaTrustsItsProxyAndTheReplicasOfTheOtherSite() {
    assertThat(Site.settings(A, B, A.shops().get(0), false))
        .containsEntry("TRUSTED_PROXIES", "10.77.0.42,10.77.2.53,10.77.2.54");
  }

  @Test
  void aNaiveReplicaKnowsNoOtherSite() {
    assertThat(Site.settings(A, B, A.shops().get(0), true))
        .doesNotContainKeys("SITE", "PEER_SITE", "PEER_URL");
  }

  @Test
  void theNodesOfTwoSitesHaveNamesAndAddressesOfTheirOwn() {
    assertThat(A.shops()).extracting(Node::name).containsExactly("shop-a1", "shop-a2");
    assertThat(B.shops())
        .extracting(Node::address)
        .containsExactly("10.77.0.53", "10.77.0.54")
        .doesNotContain(B.database().address(), B.proxy().address(), A.database().address());
  }
}
