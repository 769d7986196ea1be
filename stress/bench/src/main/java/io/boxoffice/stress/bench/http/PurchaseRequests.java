package io.boxoffice.stress.bench.http;

import io.boxoffice.stress.bench.sql.TicketTypeRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Requests to buy, to hold or to order one ticket, for several ticket types in turn. Each is built
 * once, as bytes; only the parts that differ from request to request (the key and the buyer) are
 * overwritten.
 */
public final class PurchaseRequests implements Requests {
  private static final String STAMP = "0000000000000000";

  private final byte[][] requests;
  private final int[] keyAt;
  private final int[] emailAt;
  private long sent;

  /** Requests to buy of the given types; two instances never use the same key. */
  public PurchaseRequests(List<TicketTypeRef> types) {
    this(types, List.of());
  }

  /** Requests to buy with the given access tokens in turn; without a token if there is none. */
  public PurchaseRequests(List<TicketTypeRef> types, List<String> tokens) {
    this("purchases", types, tokens, "", "");
  }

  /** Requests for orders that hold a ticket of the given types. */
  public static PurchaseRequests holds(List<TicketTypeRef> types) {
    return new PurchaseRequests("orders", types, List.of(), "", "");
  }

  /**
   * Requests for orders of a ticket of the given types, which are paid at once. They wait longer
   * than by default, so that a slow machine does not have more orders in flight than connections.
   */
  public static PurchaseRequests paidOrders(List<TicketTypeRef> types) {
    return new PurchaseRequests(
        "orders", types, List.of(), "Prefer: wait=30\r\n", ",\"payment\":{\"token\":\"tok_ok\"}");
  }

  /**
   * Requests of one kind.
   *
   * @param headers further header lines
   * @param more further members of the body
   */
  private PurchaseRequests(
      String call, List<TicketTypeRef> types, List<String> tokens, String headers, String more) {
    requests = new byte[Math.max(types.size(), tokens.size())][];
    keyAt = new int[requests.length];
    emailAt = new int[requests.length];
    String run = UUID.randomUUID().toString();
    for (int index = 0; index < requests.length; index++) {
      String authorization =
          tokens.isEmpty()
              ? ""
              : "Authorization: Bearer %s\r\n".formatted(tokens.get(index % tokens.size()));
      String request =
          request(call, types.get(index % types.size()), authorization + headers, run, more);
      requests[index] = request.getBytes(StandardCharsets.US_ASCII);
      keyAt[index] = request.indexOf(STAMP);
      emailAt[index] = request.lastIndexOf(STAMP);
    }
  }

  private static String request(
      String call, TicketTypeRef type, String headers, String run, String more) {
    String body =
        String.format(
            Locale.ROOT,
            "{\"email\":\"buyer-%s@example.com\",\"quantity\":1,\"ticketTypeId\":\"%s\"%s}",
            STAMP,
            type.id(),
            more);
    return String.join(
        "\r\n",
        "POST /v1/concerts/" + type.concertId() + "/" + call + " HTTP/1.1",
        "Host: localhost",
        headers + "Content-Type: application/json",
        "Idempotency-Key: " + run + "-" + STAMP,
        "Content-Length: " + body.length(),
        "",
        body);
  }

  @Override
  public void next(ByteBuffer out) {
    int turn = (int) (sent % requests.length);
    byte[] request = requests[turn];
    stamp(request, keyAt[turn], sent);
    stamp(request, emailAt[turn], sent);
    sent++;
    out.clear();
    out.put(request);
    out.flip();
  }

  private static void stamp(byte[] request, int at, long number) {
    long rest = number;
    for (int index = at + STAMP.length() - 1; index >= at; index--) {
      request[index] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
