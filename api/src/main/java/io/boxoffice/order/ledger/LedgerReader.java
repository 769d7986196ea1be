package io.boxoffice.order.ledger;

import io.boxoffice.order.payment.PartnerLedger;
import io.boxoffice.order.payment.PartnerLedger.Entry;
import io.boxoffice.order.payment.PaymentPartner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Reads the partner's ledger page by page. Its thread waits for each page, and holds no connection
 * to the database meanwhile.
 */
final class LedgerReader {
  /** The most charges of one comparison, so that it ends and its memory is limited. */
  static final int MOST_ENTRIES = 1_000_000;

  /** Longer than the longest time limit of a call, 30 seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final PaymentPartner partner;

  LedgerReader(PaymentPartner partner) {
    this.partner = partner;
  }

  /**
   * Reads the charges since a time.
   *
   * @return how many there were
   */
  int since(Instant since, Consumer<List<Entry>> page) {
    return readAll(after -> PartnerLedger.Query.since(since, after), page);
  }

  /** Reads the charges of an order. */
  void of(UUID orderId, Consumer<List<Entry>> page) {
    int unused = readAll(after -> PartnerLedger.Query.of(orderId, after), page);
  }

  private interface Pages {
    PartnerLedger.Query after(String next);
  }

  private int readAll(Pages pages, Consumer<List<Entry>> use) {
    int count = 0;
    String next = null;
    do {
      PartnerLedger.Page page = read(pages.after(next));
      count += page.entries().size();
      if (count > MOST_ENTRIES) {
        throw new IllegalStateException(
            "The ledger has more than %,d charges to compare. Lower LEDGER_REACH."
                .formatted(MOST_ENTRIES));
      }
      use.accept(page.entries());
      next = page.next();
    } while (next != null);
    return count;
  }

  private PartnerLedger.Page read(PartnerLedger.Query query) {
    try {
      return partner
          .ledger(query)
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("The ledger could not be read.", failed);
    } catch (TimeoutException late) {
      throw new IllegalStateException("The reading of the ledger did not end.", late);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The service stops.", stop);
    }
  }
}
