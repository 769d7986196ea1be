package io.boxoffice.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for the report partner, and misbehaves on request. */
final class StubReportPartner implements AutoCloseable {
  /** What it answers. */
  enum Mode {
    DONE,
    /** The first two requests with a key get 202, the third one the report. */
    SLOW,
    /** One report is made and eight wait. */
    OVERLOADED,
    REFUSED,
    GARBAGE,
    OTHER_CONCERT,
    /** A megabyte. */
    LARGE,
    /** No answer. */
    SILENT
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STATEMENT = "eyJhbGciOiJFZERTQSJ9.eyJwdXJjaGFzZXMiOjF9.c2lnbmF0dXJl";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private volatile Mode mode = Mode.DONE;

  StubReportPartner() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    server.createContext("/reports", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void set(Mode now) {
    mode = now;
  }

  /** Returns how often a report was asked for. */
  int requests(String reportId) {
    return requests.getOrDefault(reportId, new AtomicInteger()).get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    String concert =
        JSON.readTree(exchange.getRequestBody().readAllBytes()).path("concertId").asText();
    int request = requests.computeIfAbsent(key, first -> new AtomicInteger()).incrementAndGet();
    switch (mode) {
      case DONE -> send(exchange, 201, report(concert, "DONE"));
      case SLOW ->
          send(exchange, request < 3 ? 202 : 200, report(concert, request < 3 ? "QUEUED" : "DONE"));
      case OVERLOADED -> send(exchange, 503, "{\"code\": \"overloaded\"}");
      case REFUSED -> send(exchange, 422, "{\"code\": \"validation-failed\"}");
      case GARBAGE -> send(exchange, 201, "<html>");
      case OTHER_CONCERT -> send(exchange, 201, report(UUID.randomUUID().toString(), "DONE"));
      case LARGE -> send(exchange, 201, "{\"statement\": \"" + "a".repeat(1_000_000) + "\"}");
      case SILENT -> waitForTheClient();
    }
  }

  private static void waitForTheClient() {
    try {
      TimeUnit.SECONDS.sleep(20);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static String report(String concert, String state) {
    return "{\"id\": \"%s\", \"concertId\": \"%s\", \"state\": \"%s\"%s}"
        .formatted(
            UUID.randomUUID(),
            concert,
            state,
            state.equals("DONE") ? ", \"statement\": \"" + STATEMENT + "\"" : "");
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
