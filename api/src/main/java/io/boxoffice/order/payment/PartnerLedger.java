package io.boxoffice.order.payment;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Holds what a reading of the partner's ledger asks for and returns. */
public final class PartnerLedger {
  /** The most entries of a page. The answer of a call is limited, and a page must fit into it. */
  public static final int PAGE_SIZE = 100;

  private PartnerLedger() {}

  /**
   * Selects a page of the ledger.
   *
   * @param since only charges that the partner made at this time or later; null for all
   * @param orderId only charges of this order; null for all
   * @param after the {@code next} of the page before; null for the first page
   */
  public record Query(Instant since, UUID orderId, String after) {

    /** Selects the charges since a time, page by page. */
    public static Query since(Instant since, String after) {
      return new Query(since, null, after);
    }

    /** Selects the charges of an order. */
    public static Query of(UUID orderId, String after) {
      return new Query(null, orderId, after);
    }
  }

  /**
   * Represents a charge in the ledger.
   *
   * @param amount in minor units of the currency
   * @param succeeded whether the partner got the money; false for a declined charge
   * @param refunded whether it has returned the money
   */
  public record Entry(
      String id,
      UUID orderId,
      long amount,
      String currency,
      boolean succeeded,
      boolean refunded,
      Instant createdAt) {

    /** Whether the partner has the money. */
    public boolean isKept() {
      return succeeded && !refunded;
    }
  }

  /**
   * Holds a page in the order in which the charges were made.
   *
   * @param next what {@link Query#after} of the next page is; null on the last one
   */
  public record Page(List<Entry> entries, String next) {}

  /** Says that the partner has no ledger to read. */
  public static final class MissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says so. */
    public MissingException() {
      super(
          "The payment partner has no ledger: it answered GET /charges with 404. The money is not"
              + " compared. LEDGER_PAUSE=0s switches the comparison off.",
          null,
          false,
          false);
    }
  }
}
