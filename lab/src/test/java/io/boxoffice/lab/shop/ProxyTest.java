package io.boxoffice.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.lab.host.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxyTest {
  @Test
  void theProxyChecksEachReplicaAndRepeatsOnlyWhatNoneHasReceived() {
    String file =
        Proxy.configuration(
            List.of(
                new Node("shop1", 21, Path.of("/var/lib/lab/shop1")),
                new Node("shop2", 22, Path.of("/var/lib/lab/shop2"))));

    assertThat(file.lines().map(String::strip))
        .contains(
            "server shop1 10.77.0.21:8080 check",
            "server shop2 10.77.0.22:8080 check",
            "option httpchk GET /health?type=ready",
            "retry-on conn-failure");
  }

  @Test
  void theProxyOfComposeDoesTheSame() throws IOException {
    List<String> compose =
        Files.readAllLines(Path.of("compose/active-passive/haproxy.cfg")).stream()
            .map(line -> line.replaceAll(" resolvers compose.*", ""))
            .toList();
    String lab =
        Proxy.configuration(
            List.of(new Node("shop1", 21, Path.of("/x")), new Node("shop2", 22, Path.of("/x"))));

    assertThat(compose)
        .containsSubsequence(
            lab.lines().map(line -> line.replaceAll("10[.]77[.]0[.]2([12])", "shop$1")).toList());
  }
}
