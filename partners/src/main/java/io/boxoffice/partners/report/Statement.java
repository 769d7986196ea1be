package io.boxoffice.partners.report;

import java.util.List;
import java.util.UUID;

/**
 * What a report says: the payload of its JWS.
 *
 * @param jti the id of the report
 * @param iat when it was made, in seconds since 1970
 * @param rounds how often the hash of each ticket was computed
 * @param tickets how many tickets the chain has, cancelled ones included
 * @param revenue of the purchases that are not cancelled, by currency
 * @param chain the last link
 */
record Statement(
    UUID jti,
    long iat,
    UUID concertId,
    int rounds,
    long purchases,
    long tickets,
    long cancelledTickets,
    List<Revenue> revenue,
    String chain) {

  /**
   * An amount of money.
   *
   * @param amount in minor units of the currency
   */
  record Revenue(String currency, long amount) {}
}
