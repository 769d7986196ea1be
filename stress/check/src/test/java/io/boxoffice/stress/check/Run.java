package io.boxoffice.stress.check;

/**
 * How {@link TestShop} makes a history.
 *
 * @param requests of each client
 * @param lost of so many answers, one is lost
 * @param orders whether some purchases are orders, which are paid or expire
 */
record Run(
    long seed,
    Bug bug,
    int clients,
    int requests,
    int stocks,
    int capacity,
    int mostTickets,
    int lost,
    boolean orders) {}
