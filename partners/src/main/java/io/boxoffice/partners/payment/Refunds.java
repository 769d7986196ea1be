package io.boxoffice.partners.payment;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.partners.payment.ledger.Book;
import io.boxoffice.partners.payment.ledger.Callback;
import io.boxoffice.partners.payment.ledger.Charge;
import io.boxoffice.partners.payment.ledger.Ledger;
import io.boxoffice.partners.payment.ledger.LedgerEntry;
import io.boxoffice.partners.payment.ledger.Refund;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Refunds charges: the whole amount, once. A repeated request gets the same refund. */
final class Refunds {
  /**
   * How a request ended.
   *
   * @param charge with its refund
   * @param replayed whether an earlier request made the refund
   */
  record Answer(Charge charge, boolean replayed) {}

  private final Ledger ledger;
  private final NoArgGenerator ids;
  private final Executor executor;
  private final Consumer<Callback> callbacks;
  private final PaymentMetrics metrics;

  /** The refunds between their request and their line in the ledger, by charge. */
  private final ConcurrentMap<UUID, CompletableFuture<Charge>> inProgress;

  /** Creates the service; the parameters are those of {@link Charges}. */
  Refunds(
      Ledger ledger,
      NoArgGenerator ids,
      Executor executor,
      Consumer<Callback> callbacks,
      PaymentMetrics metrics,
      ConcurrentMap<UUID, CompletableFuture<Charge>> inProgress) {
    this.ledger = ledger;
    this.ids = ids;
    this.executor = executor;
    this.callbacks = callbacks;
    this.metrics = metrics;
    this.inProgress = inProgress;
  }

  /**
   * Refunds a charge.
   *
   * @throws ProblemException 404 without such a charge, 422 for one that was declined or a key of
   *     another charge
   */
  CompletionStage<Answer> refund(String key, UUID chargeId) {
    Charge charge = find(chargeId);
    if (charge.status() == Charge.Status.DECLINED) {
      throw ProblemException.invalid("chargeId", "must be of a charge that succeeded");
    }
    if (!ledger.book().refundedWith(key).orElse(chargeId).equals(chargeId)) {
      throw ProblemException.of(
          ProblemCode.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was used for a refund of another charge.");
    }
    CompletableFuture<Charge> own = new CompletableFuture<>();
    CompletableFuture<Charge> first = inProgress.putIfAbsent(chargeId, own);
    if (first != null) {
      return first.thenApplyAsync(refunded -> new Answer(refunded, true), executor);
    }
    // Read after the place is taken: a refund that has ended since is in the book.
    Charge current = find(chargeId);
    if (current.refund() != null) {
      inProgress.remove(chargeId);
      own.complete(current);
      return CompletableFuture.completedStage(new Answer(current, true));
    }
    var unused =
        ledger
            .journal()
            .append(now -> new LedgerEntry.Refunded(key, chargeId, new Refund(ids.generate(), now)))
            .whenCompleteAsync((entry, failure) -> end(chargeId, own, failure), executor);
    return own.thenApply(refunded -> new Answer(refunded, false));
  }

  private void end(UUID chargeId, CompletableFuture<Charge> own, Throwable failure) {
    inProgress.remove(chargeId);
    if (failure != null) {
      own.completeExceptionally(failure);
      return;
    }
    Charge refunded = find(chargeId);
    metrics.refunded();
    callbacks.accept(Callback.refunded(refunded));
    own.complete(refunded);
  }

  private Charge find(UUID chargeId) {
    Book book = ledger.book();
    return book.charge(chargeId)
        .orElseThrow(
            () -> ProblemException.of(ProblemCode.NOT_FOUND, "There is no charge with this id."));
  }
}
