package io.boxoffice.stress.crowd.record;

import io.boxoffice.stress.crowd.shop.OrderState;

/**
 * The answer to one request.
 *
 * @param status 0 without an answer
 * @param code the problem's code, or null
 * @param denied whether the simulation refused it
 * @param replayed whether the purchase was made by an earlier request with the same key
 * @param location where the purchase or the order is, or null
 * @param retryAfter the number of seconds before the next attempt, or null
 * @param orderState the state of the order in the answer, or null
 */
public record Answer(
    int status,
    String code,
    boolean denied,
    boolean replayed,
    String location,
    Integer retryAfter,
    OrderState orderState) {

  /** There was no answer. */
  public static final Answer NONE = new Answer(0, null, false, false, null, null);

  /** An answer without an order. */
  public Answer(
      int status,
      String code,
      boolean denied,
      boolean replayed,
      String location,
      Integer retryAfter) {
    this(status, code, denied, replayed, location, retryAfter, null);
  }

  /** What it means to the buyer. */
  public Outcome outcome() {
    if (denied) {
      return Outcome.DENIED;
    }
    return switch (status) {
      case 0 -> Outcome.LOST;
      case 200, 304 -> Outcome.OK;
      case 201 -> replayed ? Outcome.OK : Outcome.SOLD;
      case 409 -> "sold-out".equals(code) ? Outcome.SOLD_OUT : Outcome.FAILED;
      case 503 -> "overloaded".equals(code) ? Outcome.OVERLOADED : Outcome.FAILED;
      default -> Outcome.FAILED;
    };
  }

  /** What it means to a buyer that asked to hold tickets: a hold sells nothing. */
  public Outcome outcomeOfHold() {
    return outcome() == Outcome.SOLD ? Outcome.OK : outcome();
  }

  /**
   * What it means to a buyer that pays.
   *
   * @param again whether the buyer knew the result before
   */
  public Outcome outcomeOfPayment(boolean again) {
    return switch (status) {
      case 200 -> orderState == OrderState.CONFIRMED && !again ? Outcome.SOLD : Outcome.OK;
      case 202 -> Outcome.OK;
      case 402 -> Outcome.DECLINED;
      case 409 -> "order-not-payable".equals(code) ? Outcome.DECLINED : outcome();
      default -> outcome();
    };
  }

  /** The state of the order that the answer reports, or null. */
  public OrderState reportedState() {
    return status == 402 ? OrderState.DECLINED : orderState;
  }

  /** The id of the purchase or the order that was acknowledged, or null. */
  public String purchaseId() {
    return status == 201 && location != null
        ? location.substring(location.lastIndexOf('/') + 1)
        : null;
  }
}
