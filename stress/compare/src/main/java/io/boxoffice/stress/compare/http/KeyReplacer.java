package io.boxoffice.stress.compare.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The negative control of idempotency: a proxy in front of the partners that gives each call a new
 * Idempotency-Key. So a repeated call is a new one to the partner, and its effect is done again.
 */
public final class KeyReplacer implements AutoCloseable {
  private static final String KEY = "Idempotency-Key";
  private static final Set<String> OWN =
      Set.of("host", "connection", "content-length", "upgrade", "http2-settings", "expect");
  private static final int THREADS = 64;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final HttpServer server;
  private final String partner;

  private KeyReplacer(String partner, HttpServer server) {
    this.partner = partner;
    this.server = server;
  }

  /** Starts one on a free port of the loopback, in front of a partner. */
  public static KeyReplacer inFrontOf(String partner) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      KeyReplacer proxy = new KeyReplacer(partner, server);
      server.setExecutor(proxy.threads);
      server.createContext("/", proxy::pass);
      server.start();
      return proxy;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Its address, to be used in place of the partner's. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(partner + exchange.getRequestURI()))
              .timeout(LIMIT)
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                if (!OWN.contains(name.toLowerCase(Locale.ROOT)) && !KEY.equalsIgnoreCase(name)) {
                  values.forEach(value -> request.header(name, value));
                }
              });
      if (exchange.getRequestHeaders().containsKey(KEY)) {
        request.header(KEY, UUID.randomUUID().toString());
      }
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    // Without an answer of the partner, the exchange is closed without one too.
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
