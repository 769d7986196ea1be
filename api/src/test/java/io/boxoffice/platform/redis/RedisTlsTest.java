package io.boxoffice.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.testing.Eventually;
import io.dropwizard.util.Duration;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a server whose certificate is not trusted gets no password. */
class RedisTlsTest {
  private static final char[] STORE_PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger received = new AtomicInteger();

  @Test
  void anUntrustedServerReceivesNothing() throws Exception {
    try (SSLServerSocket server = server()) {
      Thread accepting = new Thread(() -> accept(server));
      accepting.setDaemon(true);
      accepting.start();
      Redis redis =
          new Redis(
              new RedisSettings(
                  "rediss://:secret@localhost:" + server.getLocalPort(), Duration.seconds(2)),
              new MetricRegistry(),
              new CollectorRegistry());
      redis.start();
      try {
        Eventually.within(
            java.time.Duration.ofSeconds(60), () -> refused.get() > 1 || received.get() > 0);
        assertThat(received.get()).isZero();
      } finally {
        redis.stop();
      }
    }
  }

  private void accept(SSLServerSocket server) {
    while (!server.isClosed()) {
      try (SSLSocket connection = (SSLSocket) server.accept();
          InputStream input = connection.getInputStream()) {
        if (input.read() >= 0) {
          received.incrementAndGet();
        }
      } catch (SSLException noHandshake) {
        refused.incrementAndGet();
      } catch (IOException ended) {
        // The client or the test has closed the connection.
      }
    }
  }

  /** A server whose certificate no authority has signed. */
  private SSLServerSocket server() throws Exception {
    Path store = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(STORE_PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(store)) {
      keys.load(file, STORE_PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, STORE_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return (SSLServerSocket)
        context
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getByName("localhost"));
  }
}
