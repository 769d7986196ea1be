package io.boxoffice.stress.crowd.record;

import io.boxoffice.stress.crowd.shop.Offer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One purchase, or one order, that a buyer wants, under one idempotency key, with all answers to
 * it. The buyer's address is used once, so that it connects a purchase in the shop's records with
 * its key.
 */
public final class Attempt {
  private final String collection;
  private final Offer offer;
  private final int quantity;
  private final String key;
  private final String email;
  private final boolean denialsAreFinal;
  private final Set<String> purchaseIds = new LinkedHashSet<>();
  private final List<Exchange> requests = new ArrayList<>();
  private final List<Exchange> cancellations = new ArrayList<>();
  private boolean doubtful;
  private boolean refused;
  private boolean cancelled;

  /**
   * A new one.
   *
   * @param collection what is made at the concert: purchases or orders
   */
  Attempt(String collection, Offer offer, int quantity, String key, boolean denialsAreFinal) {
    this.collection = collection;
    this.offer = offer;
    this.quantity = quantity;
    this.key = key;
    this.email = key + "@buyers.example";
    this.denialsAreFinal = denialsAreFinal;
  }

  /** Records a request for it, and the answer. */
  public synchronized void told(Exchange exchange) {
    requests.add(exchange);
    Answer answer = exchange.answer();
    if (answer.purchaseId() != null) {
      purchaseIds.add(answer.purchaseId());
    } else if (isRefusal(answer)) {
      refused = true;
    } else {
      doubtful = true;
    }
  }

  /** Whether an answer without a purchase says that its request has sold nothing. */
  public boolean isRefusal(Answer answer) {
    Outcome outcome = answer.outcome();
    return outcome == Outcome.SOLD_OUT
        || outcome == Outcome.OVERLOADED
        || (outcome == Outcome.DENIED && denialsAreFinal)
        || (outcome == Outcome.FAILED && answer.status() < 500);
  }

  /** Records a request to cancel it, and the answer. */
  public synchronized void toldCancelled(Exchange exchange) {
    cancellations.add(exchange);
    cancelled |= exchange.answer().status() == 200;
  }

  /** The requests for it, each with its answer. */
  public synchronized List<Exchange> requests() {
    return List.copyOf(requests);
  }

  /** The requests to cancel it, each with its answer. */
  public synchronized List<Exchange> cancellations() {
    return List.copyOf(cancellations);
  }

  /** Where it is sent. */
  public String path() {
    return "/v1/concerts/%s/%s".formatted(offer.concertId(), collection);
  }

  /** What is sent. */
  public String body() {
    return "{\"email\":\"%s\",\"quantity\":%d,\"ticketTypeId\":\"%s\"}"
        .formatted(email, quantity, offer.ticketTypeId());
  }

  /** What is bought. */
  public Offer offer() {
    return offer;
  }

  /** How many tickets. */
  public int quantity() {
    return quantity;
  }

  /** The idempotency key. */
  public String key() {
    return key;
  }

  /** The buyer's address. */
  public String email() {
    return email;
  }

  /** The purchases or orders that were acknowledged: one at most, if the shop is correct. */
  public synchronized Set<String> purchaseIds() {
    return Set.copyOf(purchaseIds);
  }

  /** Whether the buyer has a receipt. */
  public synchronized boolean isAcknowledged() {
    return !purchaseIds.isEmpty();
  }

  /** Whether the shop only rejected it, so that nothing may have been sold. */
  public synchronized boolean isRefused() {
    return refused && !doubtful && purchaseIds.isEmpty();
  }

  /** Whether its outcome is unknown to the buyer. */
  public synchronized boolean isOpen() {
    return purchaseIds.isEmpty() && !isRefused();
  }

  /** Whether it was cancelled. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }
}
