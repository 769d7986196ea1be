package io.boxoffice.simulation.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.testing.Bodies;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Builds pipelined purchase requests as raw HTTP text. Each has a number that its response repeats,
 * so that a test can check the order.
 */
record PipelinedPurchases(String concert) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_TICKETS = 4;

  /** Returns the purchases from the first to the last number in one text. */
  String of(int first, int last, String... headers) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(number -> one(number, headers))
        .collect(Collectors.joining());
  }

  /** Returns one purchase. */
  String one(int number, String... headers) {
    String body = Bodies.purchase(quantity(number));
    return head(number, headers) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  /** Returns one purchase with a chunked body. */
  String inChunks(int number, String... headers) {
    String body = Bodies.purchase(quantity(number));
    String chunks =
        body.chars()
            .mapToObj(character -> "1\r\n" + (char) character + "\r\n")
            .collect(Collectors.joining());
    return head(number, headers) + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n";
  }

  /** Checks that a response belongs to the purchase with the given number. */
  void check(int number, String answer) {
    assertThat(answer).startsWith("HTTP/1.1 201").contains("X-Request-Id: number-" + number + "\r");
    assertThat(body(answer).path("quantity").asInt()).isEqualTo(quantity(number));
  }

  /** Returns the number of tickets of the purchases from the first to the last number. */
  static int tickets(int first, int last) {
    return IntStream.rangeClosed(first, last).map(PipelinedPurchases::quantity).sum();
  }

  private static int quantity(int number) {
    return 1 + number % MOST_TICKETS;
  }

  private String head(int number, String... headers) {
    return "POST /v1/concerts/%s/purchases HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: number-%d\r\n"
            .formatted(concert, number)
        + "Content-Type: application/json\r\n"
        + IntStream.range(0, headers.length)
            .mapToObj(i -> headers[i] + "\r\n")
            .collect(Collectors.joining());
  }

  private static JsonNode body(String answer) {
    try {
      return JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(answer, notJson);
    }
  }
}
