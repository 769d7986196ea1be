package io.boxoffice.partners.payment;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.partners.delay.Waits;
import io.boxoffice.partners.effect.OncePerKey;
import io.boxoffice.partners.payment.ledger.Callback;
import io.boxoffice.partners.payment.ledger.Charge;
import io.boxoffice.partners.payment.ledger.Ledger;
import io.boxoffice.partners.payment.ledger.LedgerEntry;
import io.boxoffice.partners.payment.ledger.NewCharge;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Makes charges: one for each key, however often and however many at once the request arrives. A
 * charge is answered only when it is on disk.
 */
final class Charges {
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
  private final OncePerKey<NewCharge, Answer> once;

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
    this.once = new OncePerKey<>("charges", settings.mostInProgress(), this::earlier, inProgress);
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
    return once.run(
            key,
            request,
            () -> {
              requireRoom();
              return make(key, request, behaviour.nextCharge(token));
            })
        .thenApply(
            answer -> {
              if (answer.replayed()) {
                metrics.replayed();
              }
              return answer;
            });
  }

  /** Returns how many charges are in progress. */
  int inProgress() {
    return once.inProgress();
  }

  private CompletionStage<Answer> make(String key, NewCharge request, Behaviour.Fate fate) {
    return waits
        .after(fate.delay())
        .thenComposeAsync(
            nothing ->
                ledger
                    .journal()
                    .append(
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

  private Optional<OncePerKey.Done<NewCharge, Answer>> earlier(String key) {
    return ledger
        .book()
        .chargedWith(key)
        .map(
            charged -> {
              Charge charge = ledger.book().charge(charged.charge().id()).orElseThrow();
              return new OncePerKey.Done<>(charged.request(), new Answer(charge, true, false));
            });
  }

  private void requireRoom() {
    if (ledger.book().size() + once.inProgress() > settings.mostCharges()) {
      throw ProblemException.of(
          ProblemCode.UNAVAILABLE,
          "The ledger holds as many charges as it may: %d.".formatted(settings.mostCharges()));
    }
  }
}
