package io.boxoffice.order.store;

import io.boxoffice.order.state.OrderEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Holds an event with what it brings.
 *
 * @param token what the buyer pays with; null unless the buyer pays
 * @param tokenHash recognises the token of the payment; null unless the event is about one
 * @param chargeId the partner's id of the charge; null unless the partner answered
 * @param declineReason why the partner declined; null unless it did
 * @param refused whether the partner refused the request itself
 */
public record Happening(
    OrderEvent event,
    String token,
    String tokenHash,
    String chargeId,
    String declineReason,
    boolean refused) {

  /** An event that brings nothing. */
  public static Happening of(OrderEvent event) {
    return new Happening(event, null, null, null, null, false);
  }

  /** The buyer pays. */
  public static Happening pay(String token) {
    return new Happening(OrderEvent.PAY, token, hash(token), null, null, false);
  }

  /** The partner has the money. */
  public static Happening chargeSucceeded(String chargeId) {
    return new Happening(OrderEvent.CHARGE_SUCCEEDED, null, null, chargeId, null, false);
  }

  /**
   * The partner declined.
   *
   * @param reason null if it gives none
   */
  public static Happening chargeDeclined(String chargeId, String reason) {
    return new Happening(OrderEvent.CHARGE_DECLINED, null, null, chargeId, reason, false);
  }

  /**
   * The partner made no charge with a token. It counts only while the order is being paid with this
   * token: the buyer may have paid with another one before this answer.
   *
   * @param refused whether it said so itself; otherwise it was not asked by this request
   */
  public static Happening chargeNotMade(String token, boolean refused) {
    return new Happening(OrderEvent.CHARGE_NOT_MADE, null, hash(token), null, null, refused);
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Hides the token, so that no log can contain it. */
  @Override
  public String toString() {
    return "Happening " + event;
  }
}
