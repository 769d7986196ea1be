package io.boxoffice.partners.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for the shop: records callbacks, and refuses as many as a test says. */
public final class CallbackReceiver implements AutoCloseable {
  private static final int NO_CONTENT = 204;
  private static final int UNAVAILABLE = 503;

  /** A callback as it was received. */
  public record Received(String signature, String text, JsonNode body) {
    /** Returns the time of the signature, in seconds since 1970. */
    public String time() {
      return signature.replaceFirst("t=([0-9]+),v1=.*", "$1");
    }

    /** Returns the type of the callback. */
    public String type() {
      return body.path("type").asText();
    }
  }

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final HttpServer server;

  /** Listens on a free port. */
  public CallbackReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  /** Refuses the next callbacks with 503. */
  public void refuse(int count) {
    refusals.set(count);
  }

  /** Returns the address for CALLBACK_URL. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/callbacks";
  }

  /** Returns what was received so far, also what was refused. */
  public List<Received> received() {
    return received;
  }

  private void receive(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(
        new Received(
            exchange.getRequestHeaders().getFirst("Payment-Signature"),
            text,
            new ObjectMapper().readTree(text)));
    exchange.sendResponseHeaders(
        refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? UNAVAILABLE : NO_CONTENT, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
