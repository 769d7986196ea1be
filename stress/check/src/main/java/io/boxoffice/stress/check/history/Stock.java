package io.boxoffice.stress.check.history;

/**
 * Tickets of one kind.
 *
 * @param capacity how many there were before the first operation
 * @param available how many are left in the end; null if the history does not say it
 */
public record Stock(String id, long capacity, Long available) {}
