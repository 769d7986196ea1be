package io.boxoffice.partners.effect;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets each key have one effect, however often and however many at once it arrives. A key is that
 * of an HTTP request, or the id of an event.
 *
 * @param <Q> the request that a key stands for; a repetition must be equal to it
 * @param <A> the answer
 */
public final class OncePerKey<Q, A> {
  private static final int RETRY_AFTER_SECONDS = 1;

  /**
   * An effect that is on disk.
   *
   * @param answer for the repetition of its request
   */
  public record Done<Q, A>(Q request, A answer) {}

  private final String things;
  private final int most;
  private final Function<String, Optional<Done<Q, A>>> ledger;

  /** The requests between their arrival and their line in the ledger, by key. */
  private final ConcurrentMap<String, Q> inProgress;

  /**
   * Creates the guard of one kind of effect.
   *
   * @param things the effects in the plural, for messages, such as {@code charges}
   * @param most how many may be in progress
   * @param ledger finds the effect that a key had
   * @param inProgress an empty map, which makes a key the key of one request at a time
   */
  public OncePerKey(
      String things,
      int most,
      Function<String, Optional<Done<Q, A>>> ledger,
      ConcurrentMap<String, Q> inProgress) {
    this.things = things;
    this.most = most;
    this.ledger = ledger;
    this.inProgress = inProgress;
  }

  /**
   * Has the effect, or finds the one that the key had.
   *
   * @param effect starts the effect; its answer completes when the effect is on disk
   * @throws ProblemException 409 while another request with the key is in progress, 422 for a key
   *     with another request, 503 when too many are in progress; and what the effect throws
   */
  public CompletionStage<A> run(String key, Q request, Supplier<CompletionStage<A>> effect) {
    Optional<A> earlier = earlier(key, request);
    if (earlier.isPresent()) {
      return CompletableFuture.completedStage(earlier.get());
    }
    Q other = inProgress.putIfAbsent(key, request);
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
      return effect.get().whenComplete((answer, failure) -> inProgress.remove(key));
    } catch (RuntimeException refused) {
      inProgress.remove(key);
      throw refused;
    }
  }

  /** Returns how many effects are in progress. */
  public int inProgress() {
    return inProgress.size();
  }

  private Optional<A> earlier(String key, Q request) {
    return ledger
        .apply(key)
        .map(
            done -> {
              requireSame(done.request(), request);
              return done.answer();
            });
  }

  private void requireSame(Q first, Q request) {
    if (!first.equals(request)) {
      throw ProblemException.of(
          ProblemCode.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was used for a request with another body.");
    }
  }

  private void requireRoom() {
    if (inProgress.size() > most) {
      throw ProblemException.retryable(
          ProblemCode.OVERLOADED,
          "Too many %s are in progress.".formatted(things),
          RETRY_AFTER_SECONDS);
    }
  }
}
