package io.boxoffice.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.lab.host.Node;
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
}
