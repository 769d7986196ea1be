package io.boxoffice.warmup;

import java.util.List;
import java.util.UUID;

/**
 * Makes the requests of the warm-up: mostly purchases, and also other requests and requests that
 * are rejected. The variety matters as much as the number. The compiler assumes that a branch that
 * has not run will never run, and discards the compiled code when the branch runs.
 */
final class WarmUpRequests {
  private static final int PURCHASES_IN_A_ROW = 3;

  /**
   * Holds one request.
   *
   * @param text the whole request, as the client sends it
   * @param status the status of the expected response
   */
  record Request(String text, int status) {}

  /** A request without the headers that differ from client to client. */
  private record Call(String line, String rest, int status) {}

  /** Headers that differ from client to client. */
  private static final List<String> CLIENT_HEADERS =
      List.of(
          "Host: localhost\r\n",
          "Host: localhost:8080\r\nAccept: */*\r\nUser-Agent: rehearsal\r\n",
          "Host: 127.0.0.1:80\r\nAccept: application/json\r\nX-Request-Id: rehearsal\r\n");

  private final String purchases;
  private final String type;
  private final String soldOut;
  private final List<Call> others;

  /**
   * Prepares the requests.
   *
   * @param concert the concert to buy tickets of
   * @param type a ticket type of the concert
   * @param soldOut a ticket type that is sold out
   * @param operatorToken blank when operators need no token
   */
  WarmUpRequests(UUID concert, UUID type, UUID soldOut, String operatorToken) {
    this.purchases = "/v1/concerts/" + concert + "/purchases";
    this.type = type.toString();
    this.soldOut = soldOut.toString();
    String unknown = UUID.randomUUID().toString();
    String operator =
        operatorToken.isBlank() ? "" : "Authorization: Bearer " + operatorToken.strip() + "\r\n";
    this.others =
        List.of(
            buy("", "b@example.com", 1, "", 422),
            buy("", "nobody", 0, this.type, 422),
            buy("", "c@example.com", 99, this.type, 422),
            post(purchases, "", "{\"email\":", 400),
            post(
                "/v1/concerts",
                operator,
                "{\"title\":\"WarmUp\",\"artist\":\"-\",\"venue\":\"\",\"startsAt\":"
                    + "\"2999-01-01T00:00:00Z\",\"ticketTypes\":[{\"name\":\"Standing\",\"price\":"
                    + "{\"amount\":4500,\"currency\":\"EUR\"},\"capacity\":1000}]}",
                422),
            get("/v1/concerts?limit=1", 200),
            get("/v1/concerts/" + unknown, 404),
            get("/v1/purchases/" + unknown, 404),
            get("/health?type=alive", 200),
            get("/nowhere", 404));
  }

  /** Returns the request with the given number, from 0. */
  Request request(long number) {
    Call call = call(number);
    String clientHeaders = CLIENT_HEADERS.get((int) (number % CLIENT_HEADERS.size()));
    return new Request(call.line() + " HTTP/1.1\r\n" + clientHeaders + call.rest(), call.status());
  }

  private Call call(long number) {
    long round = number / (PURCHASES_IN_A_ROW + 1);
    if (number % (PURCHASES_IN_A_ROW + 1) < PURCHASES_IN_A_ROW) {
      return buy("rehearsal-" + number, buyer(number), 1 + (int) (number % 2), type, 201);
    }
    int part = (int) (round % (others.size() + 2));
    if (part < others.size()) {
      return others.get(part);
    }
    return part == others.size()
        ? buy("", buyer(number), 1, type, 201)
        : buy("\"rehearsal-" + number + "\"", buyer(number), 1, soldOut, 409);
  }

  private static String buyer(long number) {
    return "buyer-" + number + "@example.com";
  }

  private Call buy(String key, String email, int quantity, String ticketType, int status) {
    return post(
        purchases,
        key.isEmpty() ? "" : "Idempotency-Key: " + key + "\r\n",
        "{\"email\":\""
            + email
            + "\",\"quantity\":"
            + quantity
            + (ticketType.isEmpty() ? "" : ",\"ticketTypeId\":\"" + ticketType + "\"")
            + "}",
        status);
  }

  private static Call get(String path, int status) {
    return new Call("GET " + path, "\r\n", status);
  }

  private static Call post(String path, String headers, String body, int status) {
    return new Call(
        "POST " + path,
        headers
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body,
        status);
  }
}
