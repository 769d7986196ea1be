package io.boxoffice.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for the email, search and analytics partners: it notes each effect once under its
 * Idempotency-Key, in a ledger for each role, and can be made to answer wrongly.
 */
public final class KeyedPartner implements AutoCloseable {
  private static final int LARGE = 1_000_000;
  private static final int DONE = 201;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Call> effects = new ConcurrentHashMap<>();
  private volatile Mood mood = Mood.GOOD;
  private volatile long delayMillis;

  private KeyedPartner(HttpServer server) {
    this.server = server;
  }

  /** What the partner does with a call. */
  public enum Mood {
    /** Notes the effect and answers. */
    GOOD,
    /** Closes the connection, and does nothing. */
    DOWN,
    /** Answers with a text that is no JSON, and does nothing. */
    GARBAGE,
    /** Answers with a megabyte, and does nothing. */
    LARGE,
    /** Never answers, and does nothing. */
    SILENT,
    /** Notes the effect, and closes the connection. */
    LOSES_ANSWERS
  }

  /** A call that was read in full. */
  public record Call(String method, String path, String key, String body, long nanos) {}

  /** Starts a partner on loopback. */
  public static KeyedPartner start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      KeyedPartner partner = new KeyedPartner(server);
      server.setExecutor(partner.threads);
      server.createContext("/", partner::handle);
      server.start();
      return partner;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Call call =
        new Call(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            body,
            System.nanoTime());
    Mood now = mood;
    calls.add(call);
    pause();
    if (now == Mood.GOOD || now == Mood.LOSES_ANSWERS) {
      effects.putIfAbsent(call.path().replaceFirst("^/(\\w+).*$", "$1 ") + call.key(), call);
    }
    switch (now) {
      case GOOD -> answer(exchange, "{\"id\": \"1\"}");
      case GARBAGE -> answer(exchange, "garbage");
      case LARGE -> answer(exchange, "\"" + "x".repeat(LARGE) + "\"");
      case SILENT -> {}
      case DOWN, LOSES_ANSWERS -> exchange.close();
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(delayMillis);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(DONE, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Changes what becomes of calls from now on. */
  public void become(Mood next) {
    mood = next;
  }

  /** Lets each call take so long. */
  public void delay(long millis) {
    delayMillis = millis;
  }

  /** Returns the address. */
  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Returns the calls that were read, in their order. */
  public List<Call> calls() {
    return calls;
  }

  /** Returns the ledger: one call for each key. */
  public List<Call> effects() {
    return List.copyOf(effects.values());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
