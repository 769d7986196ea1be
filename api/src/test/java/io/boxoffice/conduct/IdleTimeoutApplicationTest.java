package io.boxoffice.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Checks that an idle connection stays open longer than common proxies keep it, and that a setting
 * changes the limit.
 */
class IdleTimeoutApplicationTest {
  @RegisterExtension private static final TestApplication SHIPPED = TestApplication.shipped();

  /**
   * NGINX and AWS's load balancer close after 60 s; Azure's load balancer drops a connection after
   * 240 s.
   */
  @Test
  void theDefaultLiesBetweenProxiesAndBalancers() {
    assertThat(Stream.of(SHIPPED.environment().getApplicationContext().getServer().getConnectors()))
        .hasSize(2)
        .extracting(Connector::getIdleTimeout)
        .allSatisfy(timeout -> assertThat(timeout).isBetween(61_000L, 239_000L));
  }

  @Test
  void aSettingEndsIdleConnectionsOfBothPorts() throws Exception {
    TestApplication application =
        TestApplication.shipped()
            .with("server.applicationConnectors[0].idleTimeout", "500ms")
            .with("server.adminConnectors[0].idleTimeout", "500ms")
            .start();
    try {
      for (int port : List.of(application.port(), application.adminPort())) {
        try (RawConnection connection = RawConnection.to(port)) {
          connection.send("GET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n");
          // The read ends when the server closes the connection, within the limit of RawConnection.
          assertThat(connection.readAll()).startsWith("HTTP/1.1 404 ");
        }
      }
    } finally {
      application.stop();
    }
  }
}
