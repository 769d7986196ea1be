package io.boxoffice.stress.bench.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * A receiver of traces that takes all spans and keeps none, so that only the service's cost counts.
 */
public final class SpanSink implements AutoCloseable {
  private static final int OK = 200;
  private static final int NO_BODY = -1;

  private final HttpServer server;

  private SpanSink(HttpServer server) {
    this.server = server;
  }

  /** Starts one on a free port of the loopback. */
  public static SpanSink start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/v1/traces", SpanSink::drop);
      server.start();
      return new SpanSink(server);
    } catch (IOException cause) {
      throw new BenchException("A receiver of traces could not start", cause);
    }
  }

  private static void drop(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
    exchange.sendResponseHeaders(OK, NO_BODY);
    exchange.close();
  }

  /** The settings of a service that sends its spans here. */
  public Map<String, String> shopSettings() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
