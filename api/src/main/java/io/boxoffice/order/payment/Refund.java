package io.boxoffice.order.payment;

/**
 * Represents the return of the whole amount of a charge.
 *
 * @param id the partner's id of the refund
 * @param chargeId the charge whose money was returned
 */
public record Refund(String id, String chargeId) {}
