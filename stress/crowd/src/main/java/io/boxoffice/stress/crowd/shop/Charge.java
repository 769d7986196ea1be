package io.boxoffice.stress.crowd.shop;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A charge in the ledger of the payment partner.
 *
 * @param reference the order
 * @param amount in minor units of the currency
 * @param succeeded false for a declined one
 */
public record Charge(
    String id,
    String reference,
    long amount,
    String currency,
    boolean succeeded,
    boolean refunded) {

  /** Reads the partner's answer. */
  static Charge of(JsonNode charge) {
    return new Charge(
        charge.path("id").asText(),
        charge.path("reference").asText(),
        charge.path("amount").asLong(),
        charge.path("currency").asText(),
        charge.path("status").asText().equals("SUCCEEDED"),
        charge.hasNonNull("refund"));
  }
}
