package io.boxoffice.stress.crowd.record;

/**
 * The answer to one request.
 *
 * @param status 0 without an answer
 * @param code the problem's code, or null
 * @param denied whether the simulation refused it
 * @param replayed whether the purchase was made by an earlier request with the same key
 * @param location where the purchase is, or null
 * @param retryAfter the number of seconds before the next attempt, or null
 */
public record Answer(
    int status,
    String code,
    boolean denied,
    boolean replayed,
    String location,
    Integer retryAfter) {

  /** There was no answer. */
  public static final Answer NONE = new Answer(0, null, false, false, null, null);

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

  /** The id of the purchase that was acknowledged, or null. */
  public String purchaseId() {
    return status == 201 && location != null
        ? location.substring(location.lastIndexOf('/') + 1)
        : null;
  }
}
