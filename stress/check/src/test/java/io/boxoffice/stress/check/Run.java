package io.boxoffice.stress.check;

/**
 * How {@link TestShop} makes a history.
 *
 * @param requests of each client
 * @param lost of so many answers, one is lost
 */
record Run(
    long seed,
    Bug bug,
    int clients,
    int requests,
    int stocks,
    int capacity,
    int mostTickets,
    int lost) {}
