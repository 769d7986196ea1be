package io.boxoffice.testing;

import io.boxoffice.order.payment.Charge;
import io.boxoffice.order.payment.ChargeRequest;
import io.boxoffice.order.payment.PaymentPartner;
import io.boxoffice.order.payment.PaymentUnavailableException;
import io.boxoffice.order.payment.PaymentUnknownException;
import io.boxoffice.order.payment.Refund;
import io.boxoffice.platform.error.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands for the payment partner, for tests. The token says what it does: "ok" and "declined"
 * answer at once, "slow" answers after {@link #answerSlow}, "lost" charges without an answer,
 * "silent" does nothing and gives no answer, "unavailable" is not asked, and other tokens are not
 * known.
 */
public final class ScriptedPartner implements PaymentPartner {
  private final Map<UUID, Charge> ledger = new ConcurrentHashMap<>();
  private final Map<UUID, Integer> refunds = new ConcurrentHashMap<>();
  private final List<Runnable> slow = new CopyOnWriteArrayList<>();
  private final List<UUID> asked = new CopyOnWriteArrayList<>();
  private volatile boolean away;

  @Override
  public CompletionStage<Charge> charge(ChargeRequest request) {
    asked.add(request.orderId());
    if (away || request.token().equals("unavailable")) {
      return CompletableFuture.failedFuture(new PaymentUnavailableException("not asked"));
    }
    Charge known = ledger.get(request.orderId());
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    return switch (request.token()) {
      case "ok" -> CompletableFuture.completedFuture(charge(request.orderId(), null));
      case "declined" ->
          CompletableFuture.completedFuture(charge(request.orderId(), "card-declined"));
      case "slow" -> {
        CompletableFuture<Charge> later = new CompletableFuture<>();
        slow.add(() -> later.complete(charge(request.orderId(), null)));
        yield later;
      }
      case "lost" -> {
        charge(request.orderId(), null);
        yield CompletableFuture.failedFuture(new PaymentUnknownException("no answer"));
      }
      case "silent" -> CompletableFuture.failedFuture(new PaymentUnknownException("no answer"));
      default ->
          CompletableFuture.failedFuture(
              ProblemException.invalid("token", "must be a token of the partner"));
    };
  }

  private Charge charge(UUID orderId, String declineReason) {
    return ledger.computeIfAbsent(
        orderId,
        id ->
            new Charge(
                "charge-" + id,
                id,
                declineReason == null ? Charge.Status.SUCCEEDED : Charge.Status.DECLINED,
                declineReason,
                false));
  }

  @Override
  public CompletionStage<Refund> refund(UUID orderId, String chargeId) {
    if (away) {
      return CompletableFuture.failedFuture(new PaymentUnavailableException("not asked"));
    }
    if (!ledger.containsKey(orderId) || !ledger.get(orderId).id().equals(chargeId)) {
      return CompletableFuture.failedFuture(new IllegalStateException("no such charge"));
    }
    refunds.merge(orderId, 1, Integer::sum);
    return CompletableFuture.completedFuture(new Refund("refund-" + orderId, chargeId));
  }

  @Override
  public boolean isConfigured() {
    return true;
  }

  /** Answers the requests with the token "slow" that wait. */
  public void answerSlow() {
    List<Runnable> waiting = List.copyOf(slow);
    slow.removeAll(waiting);
    waiting.forEach(Runnable::run);
  }

  /** Whether the partner cannot be asked from now on. */
  public void setAway(boolean away) {
    this.away = away;
  }

  /** Whether the partner keeps the money of an order. */
  public boolean hasMoney(UUID orderId) {
    Charge charge = ledger.get(orderId);
    return charge != null
        && charge.status() == Charge.Status.SUCCEEDED
        && !refunds.containsKey(orderId);
  }

  /** How often it was asked to charge an order. */
  public long timesAsked(UUID orderId) {
    return asked.stream().filter(orderId::equals).count();
  }
}
