package io.boxoffice.order.state;

/**
 * Holds what a decision depends on besides the state and the event.
 *
 * @param due whether the time of the state is over: of a HELD order the time to pay, of a PAYING
 *     order also the time for the partner's answer
 * @param sameToken whether the buyer pays with the token of the order's payment
 * @param chargeImpossible whether no other call can have asked the partner for this payment
 * @param stockLeft whether the stock has enough tickets for the order
 * @param concertCancelled whether the concert is cancelled
 */
public record Circumstances(
    boolean due,
    boolean sameToken,
    boolean chargeImpossible,
    boolean stockLeft,
    boolean concertCancelled) {}
