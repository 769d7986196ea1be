package io.boxoffice.partners.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands in for the shop: pages of purchases with tickets, as {@code GET /v1/purchases} has them.
 */
public final class ShopPages implements AutoCloseable {
  private static final int PAGE = 100;
  private static final String STATUS_OF_FOURTH = "CANCELLED";

  private final List<String> purchases = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final AtomicReference<String> garbage = new AtomicReference<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private final HttpServer server;

  /** Listens on a free port, with purchases of two tickets each. Every fourth is cancelled. */
  public ShopPages(int count) throws IOException {
    for (int i = 1; i <= count; i++) {
      String status = i % 4 == 0 ? STATUS_OF_FOURTH : "CONFIRMED";
      UUID id = id(1, i);
      purchases.add(
          """
          {"id": "%s", "ticketTypeId": "%s", "status": "%s", "quantity": 2,
           "total": {"currency": "EUR", "amount": 100}, "ticketIds": ["%s", "%s"]}"""
              .formatted(id, id(2, 1), status, id(3, 2 * i), id(3, 2 * i + 1)));
      lines.add("%s %s %s %s".formatted(id(3, 2 * i), id, id(2, 1), status));
      lines.add("%s %s %s %s".formatted(id(3, 2 * i + 1), id, id(2, 1), status));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/v1/purchases", this::answer);
    server.start();
  }

  private static UUID id(int kind, int number) {
    return UUID.fromString("0189000%d-0000-7000-8000-%012d".formatted(kind, number));
  }

  /** Returns the address for SHOP_URL. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns the line of each ticket in a chain. */
  public List<String> lines() {
    return lines;
  }

  /** Answers with a text in place of purchases; null for purchases. */
  public void answerWith(String text) {
    garbage.set(text);
  }

  /** Lets all answers wait until the returned latch is counted down, 30 seconds at most. */
  public CountDownLatch close(int count) {
    gate = new CountDownLatch(count);
    return gate;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      boolean unused = gate.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    String query = exchange.getRequestURI().getQuery();
    int from =
        query.contains("after=") ? Integer.parseInt(query.replaceFirst(".*-(\\d+)$", "$1")) : 0;
    int to = Math.min(from + PAGE, purchases.size());
    String text =
        garbage.get() != null
            ? garbage.get()
            : "{\"items\": [%s], \"next\": %s}"
                .formatted(
                    String.join(",", purchases.subList(from, to)),
                    to < purchases.size() ? "\"" + id(1, to) + "\"" : "null");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
