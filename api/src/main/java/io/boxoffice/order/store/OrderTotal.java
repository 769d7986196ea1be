package io.boxoffice.order.store;

import io.boxoffice.order.state.OrderState;

/**
 * Holds how many orders of a concert have a state, and what they cost together, so that operators
 * see how far a cancellation is.
 *
 * @param amount minor units
 */
public record OrderTotal(OrderState state, String currency, long orders, long amount) {}
