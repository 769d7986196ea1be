package io.boxoffice.stress.check.history;

import java.util.Collection;
import java.util.List;

/** All that is known of a run. */
public record History(
    List<Operation> operations, Collection<Purchase> purchases, Collection<Stock> stocks) {}
