package io.boxoffice.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An idle connection lives longer than in the proxies in front, and for as long as is set. */
class IdleTimeoutApplicationTest {
  @RegisterExtension private static final TestApplication SHIPPED = TestApplication.shipped();

  /** NGINX and AWS's balancer close after 60 s, Azure's forgets a connection after 240 s. */
  @Test
  void theDefaultLiesBetweenProxiesAndBalancers() {
    assertThat(Stream.of(SHIPPED.environment().getApplicationContext().getServer().getConnectors()))
        .hasSize(2)
        .extracting(Connector::getIdleTimeout)
        .allSatisfy(timeout -> assertThat(timeout).isBetween(61_000L, 239_000L));
  }

  @Test
  void aSettingEndsIdleConnectionsOfBothPorts() throws Exception {
    TestApplication impatient =
        TestApplication.shipped()
            .with("server.applicationConnectors[0].idleTimeout", "500ms")
            .with("server.adminConnectors[0].idleTimeout", "500ms")
            .start();
    try {
      for (int port : List.of(impatient.port(), impatient.adminPort())) {
        try (RawConnection connection = RawConnection.to(port)) {
          connection.send("GET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n");
          // Ends with the connection, within the bound of RawConnection.
          assertThat(connection.readAll()).startsWith("HTTP/1.1 404 ");
        }
      }
    } finally {
      impatient.stop();
    }
  }
}
