package io.boxoffice.partners.payment;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.partners.payment.ledger.Book;
import io.boxoffice.partners.payment.ledger.Callback;
import io.boxoffice.partners.payment.ledger.Charge;
import io.boxoffice.partners.payment.ledger.Ledger;
import io.boxoffice.partners.payment.ledger.LedgerEntry;
import io.boxoffice.partners.payment.ledger.NewCharge;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Makes charges: one for each key, however often and however many at once the request arrives. A
 * charge is answered only when it is on disk.
 */
final class Charges {
  private static final int RETRY_AFTER_SECONDS = 1;

  /**
   * How a request ended.
   *
   * @param replayed whether an earlier request made the charge
   * @param lost whether the answer must not reach the shop
   */
  record Answer(Charge charge, boolean replayed, boolean lost) {}

  private final PaymentSettings settings;
  private final Ledger ledger;
  private final Behaviour behaviour;
  private final Waits waits;
  private final NoArgGenerator ids;
  private final Executor executor;
  private final Consumer<Callback> callbacks;
  private final PaymentMetrics metrics;

  /** The requests between their arrival and their line in the ledger, by key. */
  private final ConcurrentMap<String, NewCharge> inProgress;

  /**
   * Creates the service.
   *
   * @param executor runs what follows a wait
   * @param callbacks sends what the shop must learn
   * @param inProgress an empty map, which makes a key the key of one request at a time
   */
  Charges(
      PaymentSettings settings,
      Ledger ledger,
      Behaviour behaviour,
      Waits waits,
      NoArgGenerator ids,
      Executor executor,
      Consumer<Callback> callbacks,
      PaymentMetrics metrics,
      ConcurrentMap<String, NewCharge> inProgress) {
    this.settings = settings;
    this.ledger = ledger;
    this.behaviour = behaviour;
    this.waits = waits;
    this.ids = ids;
    this.executor = executor;
    this.callbacks = callbacks;
    this.metrics = metrics;
    this.inProgress = inProgress;
  }

  /**
   * Makes a charge, or finds the one that the key has made.
   *
   * @throws ProblemException 409 while another request with the key is in progress, 422 for a key
   *     with another body or an unknown token, 503 when there is no room
   */
  CompletionStage<Answer> charge(String key, NewCharge request) {
    TestToken token =
        TestToken.of(request.token())
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.UNKNOWN_TOKEN,
                        "No payment method has the token '%s'.".formatted(request.token())));
    Optional<Answer> earlier = earlier(key, request);
    if (earlier.isPresent()) {
      return CompletableFuture.completedStage(earlier.get());
    }
    NewCharge other = inProgress.putIfAbsent(key, request);
    if (other != null) {
      requireSame(other, request);
      throw ProblemException.retryable(
          ProblemCode.IDEMPOTENCY_IN_FLIGHT,
          "The first request with this Idempotency-Key has no answer yet.",
          RETRY_AFTER_SECONDS);
    }
    try {
      // The request that held the key may have ended between the two look-ups.
      earlier = earlier(key, request);
      if (earlier.isPresent()) {
        inProgress.remove(key);
        return CompletableFuture.completedStage(earlier.get());
      }
      requireRoom();
      return make(key, request, behaviour.nextCharge(token))
          .whenComplete((answer, failure) -> inProgress.remove(key));
    } catch (RuntimeException refused) {
      inProgress.remove(key);
      throw refused;
    }
  }

  /** Returns how many charges are in progress. */
  int inProgress() {
    return inProgress.size();
  }

  private CompletionStage<Answer> make(String key, NewCharge request, Behaviour.Fate fate) {
    return waits
        .after(fate.delay())
        .thenComposeAsync(
            nothing ->
                ledger.append(
                    now ->
                        new LedgerEntry.Charged(
                            key,
                            request,
                            new Charge(
                                ids.generate(),
                                request.reference(),
                                request.amount(),
                                request.currency(),
                                fate.declineReason() == null
                                    ? Charge.Status.SUCCEEDED
                                    : Charge.Status.DECLINED,
                                fate.declineReason(),
                                null,
                                now))),
            executor)
        .thenApplyAsync(
            entry -> {
              metrics.charged(entry.charge(), fate.lost());
              callbacks.accept(Callback.charged(entry.charge()));
              return new Answer(entry.charge(), false, fate.lost());
            },
            executor);
  }

  private Optional<Answer> earlier(String key, NewCharge request) {
    return ledger
        .book()
        .chargedWith(key)
        .map(
            charged -> {
              requireSame(charged.request(), request);
              metrics.replayed();
              Book book = ledger.book();
              return new Answer(book.charge(charged.charge().id()).orElseThrow(), true, false);
            });
  }

  private static void requireSame(NewCharge first, NewCharge request) {
    if (!first.equals(request)) {
      throw ProblemException.of(
          ProblemCode.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was used for a charge with another body.");
    }
  }

  private void requireRoom() {
    int charging = inProgress.size();
    if (charging > settings.mostInProgress()) {
      throw ProblemException.retryable(
          ProblemCode.OVERLOADED, "Too many charges are in progress.", RETRY_AFTER_SECONDS);
    }
    if (ledger.book().size() + charging > settings.mostCharges()) {
      throw ProblemException.of(
          ProblemCode.UNAVAILABLE,
          "The ledger holds as many charges as it may: %d.".formatted(settings.mostCharges()));
    }
  }
}
