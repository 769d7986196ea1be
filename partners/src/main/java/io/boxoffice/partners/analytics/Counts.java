package io.boxoffice.partners.analytics;

/**
 * What was counted.
 *
 * @param sales sold tickets
 * @param cancellations tickets that were given back; they stay in the sales of their own minute
 * @param concertChanges changes of concerts by operators
 */
record Counts(long sales, long cancellations, long pageViews, long concertChanges) {
  /** Nothing. */
  static final Counts NONE = new Counts(0, 0, 0, 0);

  /** Returns these counts and one event more. */
  Counts plus(Event event) {
    return switch (event.type()) {
      case SALE -> plus(new Counts(event.quantity(), 0, 0, 0));
      case CANCELLATION -> plus(new Counts(0, event.quantity(), 0, 0));
      case PAGE_VIEW -> plus(new Counts(0, 0, event.quantity(), 0));
      case CONCERT_CHANGE -> plus(new Counts(0, 0, 0, event.quantity()));
    };
  }

  /** Returns the sum. */
  Counts plus(Counts other) {
    return new Counts(
        sales + other.sales,
        cancellations + other.cancellations,
        pageViews + other.pageViews,
        concertChanges + other.concertChanges);
  }
}
