package io.boxoffice.partners.analytics;

/**
 * What was counted.
 *
 * @param sales sold tickets
 * @param cancellations tickets that were given back; they stay in the sales of their own minute
 */
record Counts(long sales, long cancellations, long pageViews) {
  /** Nothing. */
  static final Counts NONE = new Counts(0, 0, 0);

  /** Returns these counts and one event more. */
  Counts plus(Event event) {
    return switch (event.type()) {
      case SALE -> new Counts(sales + event.quantity(), cancellations, pageViews);
      case CANCELLATION -> new Counts(sales, cancellations + event.quantity(), pageViews);
      case PAGE_VIEW -> new Counts(sales, cancellations, pageViews + event.quantity());
    };
  }

  /** Returns the sum. */
  Counts plus(Counts other) {
    return new Counts(
        sales + other.sales, cancellations + other.cancellations, pageViews + other.pageViews);
  }
}
