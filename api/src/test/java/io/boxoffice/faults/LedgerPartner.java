package io.boxoffice.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A payment partner on loopback with a ledger. A key charges once; another key charges the same
 * order again, and the ledger shows it. A charge is in the ledger before its answer is sent, also
 * if the answer is lost. The token "tok_late" waits for {@link #release}, and the first answer of
 * "tok_lost" is lost.
 */
final class LedgerPartner implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int THREADS = 16;
  private static final int CREATED = 201;

  private final Server server = new Server(new QueuedThreadPool(THREADS, THREADS));
  private final ServerConnector connector = new ServerConnector(server);
  private final Map<String, Entry> byKey = new HashMap<>();
  private final List<Entry> ledger = new ArrayList<>();
  private final Map<String, CompletableFuture<Void>> late = new HashMap<>();

  /** Holds a charge with what became of it. */
  static final class Entry {
    private final String id;
    private final JsonNode asked;
    private final boolean succeeded;
    private int refunds;

    private Entry(JsonNode asked) {
      this.id = "ch-" + UUID.randomUUID();
      this.asked = asked;
      this.succeeded = !asked.path("token").asText().equals("tok_declined");
    }

    String orderId() {
      return asked.path("reference").asText();
    }

    boolean isSucceeded() {
      return succeeded;
    }

    boolean isRefunded() {
      return refunds > 0;
    }

    /** The charge as answers and callbacks have it. */
    String json() {
      return """
          {"id": "%s", "reference": "%s", "amount": %d, "currency": "%s", %s}"""
          .formatted(
              id,
              orderId(),
              asked.path("amount").asLong(),
              asked.path("currency").asText(),
              succeeded
                  ? "\"status\": \"SUCCEEDED\""
                  : "\"status\": \"DECLINED\", \"declineReason\": \"card-declined\"");
    }
  }

  private record Reply(int status, String body) {}

  /** Starts a partner. */
  static LedgerPartner start() throws Exception {
    LedgerPartner partner = new LedgerPartner();
    partner.connector.setHost("localhost");
    partner.server.addConnector(partner.connector);
    partner.server.setHandler(partner.new Ledger());
    partner.server.start();
    return partner;
  }

  /** The address of the partner. */
  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort());
  }

  /** Returns the charges of an order, also those that were declined. */
  List<Entry> chargesOf(UUID orderId) {
    synchronized (ledger) {
      return ledger.stream().filter(entry -> entry.orderId().equals(orderId.toString())).toList();
    }
  }

  /** Returns the orders that have a charge in the ledger from the given position. */
  List<UUID> ordersSince(int position) {
    synchronized (ledger) {
      return ledger.subList(position, ledger.size()).stream()
          .map(entry -> UUID.fromString(entry.orderId()))
          .distinct()
          .toList();
    }
  }

  /** How many charges the ledger has. */
  int size() {
    synchronized (ledger) {
      return ledger.size();
    }
  }

  /** Charges what waits for an order's release, and lets later requests pass. */
  void release(UUID orderId) {
    lateOf(orderId.toString()).complete(null);
  }

  private CompletableFuture<Void> lateOf(String orderId) {
    synchronized (late) {
      return late.computeIfAbsent(orderId, any -> new CompletableFuture<>());
    }
  }

  private final class Ledger extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      String body = Content.Source.asString(request, StandardCharsets.UTF_8);
      String path = Request.getPathInContext(request);
      String key = request.getHeaders().get("Idempotency-Key");
      if (path.endsWith("/refunds")) {
        send(response, callback, refund(path.replaceAll("^/charges/|/refunds$", "")));
        return true;
      }
      JsonNode asked = JSON.readTree(body);
      CompletableFuture<Void> ready =
          asked.path("token").asText().equals("tok_late")
              ? lateOf(asked.path("reference").asText())
              : CompletableFuture.completedFuture(null);
      var unused =
          ready.thenRun(
              () -> {
                Reply reply = charge(key, asked);
                if (reply.status() == CREATED && asked.path("token").asText().equals("tok_lost")) {
                  request.getConnectionMetaData().getConnection().getEndPoint().close();
                  callback.failed(new EofException("lost"));
                } else {
                  send(response, callback, reply);
                }
              });
      return true;
    }
  }

  private Reply charge(String key, JsonNode asked) {
    if (!asked.path("token").asText().matches("tok_(ok|late|lost|declined)")) {
      return new Reply(422, "{\"code\": \"unknown-token\"}");
    }
    synchronized (ledger) {
      Entry known = byKey.get(key);
      if (known != null) {
        return known.asked.equals(asked)
            ? new Reply(200, known.json())
            : new Reply(422, "{\"code\": \"idempotency-key-reused\"}");
      }
      Entry made = new Entry(asked);
      byKey.put(key, made);
      ledger.add(made);
      return new Reply(CREATED, made.json());
    }
  }

  private Reply refund(String chargeId) {
    synchronized (ledger) {
      return ledger.stream()
          .filter(entry -> entry.id.equals(chargeId) && entry.succeeded)
          .findAny()
          .map(
              entry -> {
                entry.refunds++;
                return new Reply(
                    entry.refunds == 1 ? CREATED : 200,
                    "{\"id\": \"re-%s\", \"chargeId\": \"%1$s\"}".formatted(chargeId));
              })
          .orElse(new Reply(404, "{\"code\": \"not-found\"}"));
    }
  }

  private static void send(Response response, Callback callback, Reply reply) {
    response.setStatus(reply.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, StandardCharsets.UTF_8.encode(reply.body()), callback);
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
