package io.boxoffice.stress.crowd.shop;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An order in the records of the shop.
 *
 * @param amount what it costs, in minor units of the currency
 * @param createdAt when the shop took its tickets, by the clock of the shop as all times here
 * @param changedAt when it got its state
 * @param expiresAt until when a HELD order can be paid
 */
public record OrderRecord(
    String id,
    String ticketTypeId,
    String email,
    int quantity,
    long amount,
    String currency,
    OrderState state,
    Instant createdAt,
    Instant changedAt,
    Instant expiresAt) {

  /** Reads the shop's answer. */
  static OrderRecord of(JsonNode order) {
    return new OrderRecord(
        order.path("id").asText(),
        order.path("ticketTypeId").asText(),
        order.path("email").asText(),
        order.path("quantity").asInt(),
        order.at("/total/amount").asLong(),
        order.at("/total/currency").asText(),
        OrderState.valueOf(order.path("state").asText()),
        Instant.parse(order.path("createdAt").asText()),
        Instant.parse(order.path("changedAt").asText()),
        Instant.parse(order.path("expiresAt").asText()));
  }

  /** The same order in another state. */
  public OrderRecord in(OrderState other) {
    return new OrderRecord(
        id,
        ticketTypeId,
        email,
        quantity,
        amount,
        currency,
        other,
        createdAt,
        changedAt,
        expiresAt);
  }
}
