package io.boxoffice.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A payment partner on loopback whose answers a test scripts. Without a script, each charge
 * succeeds and each refund is made. It has few threads: an answer that waits holds none.
 */
public final class TestPartner implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int THREADS = 8;

  private final Server server = new Server(new QueuedThreadPool(THREADS, THREADS));
  private final ServerConnector connector;
  private final String scheme;
  private final Deque<Answer> script = new ArrayDeque<>(List.of(charged()));
  private final List<Received> received = new CopyOnWriteArrayList<>();

  private TestPartner(SSLContext tls) {
    this.scheme = tls == null ? "http" : "https";
    this.connector = tls == null ? new ServerConnector(server) : secure(server, tls);
    connector.setHost("localhost");
    connector.setAcceptQueueSize(4096);
    server.addConnector(connector);
    server.setHandler(new Scripted());
  }

  /** Starts a partner. */
  public static TestPartner start() {
    return started(new TestPartner(null));
  }

  /** Starts a partner with TLS. */
  public static TestPartner startWithTls(SSLContext tls) {
    return started(new TestPartner(tls));
  }

  private static TestPartner started(TestPartner partner) {
    try {
      partner.server.start();
    } catch (Exception cause) {
      throw new IllegalStateException(cause);
    }
    return partner;
  }

  private static ServerConnector secure(Server server, SSLContext tls) {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(tls);
    return new ServerConnector(server, factory);
  }

  /** A request that the partner has read in full. */
  public record Received(
      String method, String path, String query, Map<String, String> headers, String body) {

    /** Returns a header, or empty text. */
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** The connection of a request that waits for its answer. */
  private record Exchange(Request request, Response response, Callback callback) {
    void answer(int status, String body) {
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.write(true, StandardCharsets.UTF_8.encode(body), callback);
    }

    void cut() {
      endPoint().close();
      callback.failed(new EofException("cut by the test"));
    }

    void writeRaw(String bytes, Callback written) {
      endPoint().write(written, ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private EndPoint endPoint() {
      return request.getConnectionMetaData().getConnection().getEndPoint();
    }
  }

  private interface Step {
    void run(Received request, Exchange exchange);
  }

  /** What the partner does with one request. */
  public static final class Answer {
    private final boolean reads;
    private final Step step;

    private Answer(boolean reads, Step step) {
      this.reads = reads;
      this.step = step;
    }

    /** Returns the same answer, after the stage has ended. */
    public Answer when(CompletionStage<?> ready) {
      return new Answer(
          reads, (request, exchange) -> ready.thenRun(() -> step.run(request, exchange)));
    }

    /** Returns the same answer, after a delay. */
    public Answer after(Duration delay) {
      return new Answer(
          reads,
          (request, exchange) ->
              CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                  .execute(() -> step.run(request, exchange)));
    }
  }

  /** Charges or refunds as asked. */
  public static Answer charged() {
    return new Answer(
        true,
        (request, exchange) ->
            exchange.answer(
                201,
                request.path().endsWith("/refunds")
                    ? refund(request.path())
                    : charge(request.body(), "\"status\": \"SUCCEEDED\"")));
  }

  /** Declines a charge. */
  public static Answer declined(String reason) {
    return new Answer(
        true,
        (request, exchange) ->
            exchange.answer(
                201,
                charge(
                    request.body(),
                    "\"status\": \"DECLINED\", \"declineReason\": \"%s\"".formatted(reason))));
  }

  /** Answers with this status and body. */
  public static Answer status(int status, String body) {
    return new Answer(true, (request, exchange) -> exchange.answer(status, body));
  }

  /** Answers with bytes that may be no HTTP, and closes the connection. */
  public static Answer raw(String bytes) {
    return new Answer(
        true, (request, exchange) -> exchange.writeRaw(bytes, Callback.from(exchange::cut)));
  }

  /** Answers with bytes, and keeps the connection open. */
  public static Answer openEnded(String bytes) {
    return new Answer(true, (request, exchange) -> exchange.writeRaw(bytes, Callback.NOOP));
  }

  /** Closes the connection when the headers of a request are read. */
  public static Answer cutBeforeReading() {
    return new Answer(false, (request, exchange) -> exchange.cut());
  }

  /** Closes the connection when a request is read. */
  public static Answer cutAfterReading() {
    return new Answer(true, (request, exchange) -> exchange.cut());
  }

  /** Returns the body of a charge that answers the body of a request. */
  public static String charge(String request, String outcome) {
    try {
      JsonNode asked = JSON.readTree(request);
      return """
      {"id": "ch-%s", "reference": "%1$s", "amount": %d, "currency": "%s", %s, "createdAt": "2026-11-01T10:00:00Z"}
      """
          .formatted(
              asked.path("reference").asText(),
              asked.path("amount").asLong(),
              asked.path("currency").asText(),
              outcome);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static String refund(String path) {
    String charge = path.replaceFirst("^.*/charges/", "").replace("/refunds", "");
    return """
    {"id": "re-%s", "chargeId": "%1$s", "amount": 3200, "createdAt": "2026-11-01T10:00:00Z"}
    """
        .formatted(charge);
  }

  /** Answers the next requests in this order, and all later ones as the last. */
  public void answers(Answer... next) {
    synchronized (script) {
      script.clear();
      script.addAll(Arrays.asList(next));
    }
  }

  private Answer next() {
    synchronized (script) {
      return script.size() > 1 ? script.remove() : script.getFirst();
    }
  }

  /** Returns the address that {@code /charges} is below. */
  public String url() {
    return "%s://localhost:%d".formatted(scheme, connector.getLocalPort());
  }

  /** Returns the requests that were read in full, in their order. */
  public List<Received> received() {
    return received;
  }

  private final class Scripted extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Answer answer = next();
      Exchange exchange = new Exchange(request, response, callback);
      if (!answer.reads) {
        answer.step.run(null, exchange);
        return true;
      }
      Received whole = received(request, Content.Source.asString(request, StandardCharsets.UTF_8));
      received.add(whole);
      answer.step.run(whole, exchange);
      return true;
    }
  }

  private static Received received(Request request, String body) {
    return new Received(
        request.getMethod(),
        Request.getPathInContext(request),
        request.getHttpURI().getQuery(),
        request.getHeaders().stream()
            .collect(
                Collectors.toMap(
                    HttpField::getLowerCaseName, HttpField::getValue, (one, other) -> one)),
        body);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception cause) {
      throw new IllegalStateException(cause);
    }
  }
}
