package io.boxoffice.stress.check.history;

/**
 * A purchase that the shop has in the end.
 *
 * @param key the key of the request that made it; null if the shop does not report it
 * @param givenBack whether its tickets are on sale again
 * @param expired whether the shop may have given them back by itself
 */
public record Purchase(
    String id, String stock, int quantity, String key, boolean givenBack, boolean expired) {}
