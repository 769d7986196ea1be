package io.boxoffice.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A receiver of spans on loopback: OTLP over HTTP with Protocol Buffers. */
public final class OtlpReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> spans = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean hanging;

  private OtlpReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException cause) {
      throw new IllegalStateException(cause);
    }
    server.setExecutor(threads);
    server.createContext("/v1/traces", this::receive);
    server.start();
  }

  /** Starts a receiver. */
  public static OtlpReceiver start() {
    return new OtlpReceiver();
  }

  /** A span that was received. */
  public record Received(
      String service,
      String name,
      Span.SpanKind kind,
      String trace,
      String id,
      String parent,
      long beginNanos,
      long endNanos,
      Map<String, String> attributes,
      List<String> linkedTraces) {

    private static Received of(String service, Span span) {
      return new Received(
          service,
          span.getName(),
          span.getKind(),
          hex(span.getTraceId().toByteArray()),
          hex(span.getSpanId().toByteArray()),
          hex(span.getParentSpanId().toByteArray()),
          span.getStartTimeUnixNano(),
          span.getEndTimeUnixNano(),
          texts(span.getAttributesList()),
          span.getLinksList().stream().map(link -> hex(link.getTraceId().toByteArray())).toList());
    }

    private static String hex(byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
      return attributes.stream()
          .collect(
              Collectors.toMap(
                  KeyValue::getKey,
                  one ->
                      one.getValue().hasIntValue()
                          ? Long.toString(one.getValue().getIntValue())
                          : one.getValue().getStringValue()));
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (hanging) {
      awaitClose();
    }
    for (ResourceSpans resource :
        ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
      String service =
          Received.texts(resource.getResource().getAttributesList()).get("service.name");
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        scope.getSpansList().forEach(span -> spans.add(Received.of(service, span)));
      }
    }
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers nothing any more. */
  public void hang() {
    hanging = true;
  }

  /** Returns the address that {@code /v1/traces} is below. */
  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Returns all spans that were received. */
  public List<Received> spans() {
    return List.copyOf(spans);
  }

  /** Returns the first span that a test looks for. */
  public Optional<Received> find(Predicate<Received> wanted) {
    return spans.stream().filter(wanted).findFirst();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
