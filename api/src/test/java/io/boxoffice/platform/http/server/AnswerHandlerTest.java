package io.boxoffice.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.RawConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Checks responses that do not fit into the network's buffers, and then not into the memory limit.
 */
class AnswerHandlerTest {
  /** Far more bytes than the kernel buffers for a client that does not read. */
  private static final int LARGE = 16 * 1024 * 1024;

  private static final int MEMORY = 20 * 1024 * 1024;
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Semaphore written = new Semaphore(0);
  private final AnswerHandler answers = new AnswerHandler(new Writer(), MEMORY);
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  /** Responds with as many bytes as the path says. */
  private final class Writer extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      int bytes = Integer.parseInt(request.getHttpURI().getPath().substring(1));
      try (OutputStream out = Content.Sink.asOutputStream(response)) {
        byte[] piece = new byte[8192];
        for (int left = bytes; left > 0; left -= piece.length) {
          out.write(piece, 0, Math.min(left, piece.length));
        }
      }
      written.release();
      callback.succeeded();
      return true;
    }
  }

  @BeforeEach
  void start() throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(answers);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void aWriterDoesNotWaitForAClientThatDoesNotRead() throws Exception {
    try (RawConnection unread = connectWithoutReading(LARGE)) {
      awaitWriter();
      assertThat(answers.unsentBytes()).isBetween(LARGE / 2L, (long) LARGE);
    }
    Eventually.within(SOON, () -> answers.unsentBytes() == 0);
  }

  @Test
  void whenTheMemoryIsFullALargeResponseIsAbortedAndASmallOneIsSent() throws Exception {
    try (RawConnection unread = connectWithoutReading(LARGE)) {
      awaitWriter();
      long kept = answers.unsentBytes();

      try (RawConnection oneTooMany = connectWithoutReading(LARGE)) {
        awaitWriter();
        Eventually.within(SOON, () -> answers.unsentBytes() <= kept);
        assertThat(oneTooMany.readAll()).startsWith("HTTP/1.1 200").hasSizeLessThan(LARGE);
      }
      try (RawConnection another = RawConnection.to(connector.getLocalPort())) {
        another.send(request(60_000, "Connection: close\r\n"));
        assertThat(another.readAll()).startsWith("HTTP/1.1 200").hasSizeGreaterThan(60_000);
      }
    }
    Eventually.within(SOON, () -> answers.unsentBytes() == 0);
  }

  @Test
  void aClientThatReadsGetsACompleteLargeResponse() throws Exception {
    try (RawConnection client = RawConnection.to(connector.getLocalPort())) {
      client.send(request(LARGE, "Connection: close\r\n"));
      String answer = client.readAll();

      assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(LARGE);
    }
  }

  private RawConnection connectWithoutReading(int bytes) throws IOException {
    RawConnection client = RawConnection.deafTo(connector.getLocalPort());
    client.send(request(bytes, ""));
    return client;
  }

  private static String request(int bytes, String header) {
    return "GET /%d HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(bytes, header);
  }

  private void awaitWriter() throws InterruptedException {
    assertThat(written.tryAcquire(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }
}
