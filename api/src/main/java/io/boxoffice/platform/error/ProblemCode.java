package io.boxoffice.platform.error;

import java.util.Locale;

/**
 * Lists all error codes of the service, each with a title for people and advice for clients. Codes
 * are part of the contract: they are added, never renamed.
 */
public enum ProblemCode {
  BAD_REQUEST(
      400, "The request is not valid HTTP", "Correct the request line, the path or the headers."),
  MALFORMED_JSON(400, "The body is not JSON", "Send one complete JSON object in UTF-8."),
  UNAUTHORIZED(
      401,
      "A valid token is needed",
      "Send 'Authorization: Bearer <token>' with a session's access token, or the operator's token for"
          + " operator calls; refresh the session or sign in again if it has expired."),
  SECOND_FACTOR_REQUIRED(
      401,
      "The account has a second factor",
      "Send the request again with 'code': a code of the authenticator app, or a recovery code."),
  SIGN_IN_FAILED(
      401,
      "The address, the password or the code is wrong",
      "Correct them, or reset the password; send each code once."),
  SIGNATURE_NOT_VALID(
      401,
      "The signature of the callback is not valid",
      "Sign each attempt with the current time, and with the secret that the shop has."),
  IDENTITY_SIGN_IN_FAILED(
      401, "The sign-in at the identity provider is not valid", "Begin another sign-in."),
  PAYMENT_DECLINED(
      402,
      "The payment partner declined the payment",
      "Place another order and pay with another token; 'declineReason' says why."),
  FORBIDDEN(
      403,
      "Not allowed from here",
      "Call from this machine, at a loopback address, or set OPERATOR_TOKEN."),
  ROLE_MISSING(
      403, "The caller lacks the role for this call", "Sign in with an account that has the role."),
  NOT_FOUND(404, "There is nothing here", "Check the path and the id."),
  METHOD_NOT_ALLOWED(
      405, "The path has no such method", "Use one of the methods in the Allow header."),
  NOT_ACCEPTABLE(406, "No acceptable representation", "Accept the type that the contract names."),
  REQUEST_TIMEOUT(
      408,
      "The body arrived too slowly",
      "Send the whole body at once; the service waits for it 10 seconds by default."),
  ADDRESS_NOT_VERIFIED(
      409,
      "The identity provider has not verified the address",
      "Verify it at the provider; or register with the address, sign in and link the identity."),
  ALREADY_ADMITTED(
      409,
      "A ticket of the purchase was admitted",
      "Keep the purchase: its ticket was used at the gate."),
  CAPACITY_BELOW_SOLD(
      409, "The capacity is below what is sold", "Choose a capacity of at least 'sold'."),
  CONCERT_CANCELLED(
      409,
      "The concert is cancelled",
      "Look for another concert; what was bought or ordered here is given back by itself."),
  CONCERT_HAS_SALES(
      409, "The concert has purchases", "Keep it; a concert that was sold cannot be deleted."),
  IDEMPOTENCY_IN_FLIGHT(
      409,
      "A request with this key has no answer yet",
      "Retry with the same Idempotency-Key after the seconds in Retry-After."),
  IDENTITY_IN_USE(
      409,
      "The identity belongs to another account",
      "Sign in with it and remove it there, or use that account."),
  IDENTITY_NOT_LINKED(
      409,
      "The address has an account that the identity is not linked to",
      "Sign in to the account with its password, then link the identity."),
  ORDER_NOT_CANCELLABLE(
      409, "The order is paid", "Ask the shop: an operator can refund the order."),
  ORDER_NOT_PAYABLE(
      409, "The order cannot be paid", "Read the order; place another one if it is over."),
  ORDER_NOT_REFUNDABLE(409, "The order is not paid", "Refund only an order that is CONFIRMED."),
  PASSWORD_NOT_SET(
      409, "The account has no password", "Ask for a password reset, which sets the first one."),
  PAYMENT_IN_PROGRESS(
      409,
      "The order is being paid",
      "Read the order with 'Prefer: wait=10' until its state is no longer PAYING."),
  PURCHASE_IS_PAID(
      409, "The purchase was paid by an order", "Ask the shop: an operator can refund its order."),
  SALES_CLOSED(
      409, "Sales are closed", "Nothing can be bought any more; look for another concert."),
  SALES_NOT_OPEN(409, "Sales have not opened", "Retry at 'salesOpenAt'."),
  SECOND_FACTOR_ACTIVE(
      409, "The second factor is active", "Delete it before you ask for another secret."),
  SIMULATED_DENIAL(
      409,
      "The simulation denied the request",
      "Retry after the seconds in Retry-After, as with a real refusal; 'rule' names the rule."),
  SOLD_OUT(
      409,
      "Not enough tickets are left",
      "Ask for at most 'available' tickets, or for another ticket type."),
  TICKET_CANCELLED(
      409, "The ticket is cancelled", "Use another ticket; a cancelled one has no code."),
  PRECONDITION_FAILED(
      412, "The precondition does not hold", "Read the resource again and retry with its ETag."),
  PAYLOAD_TOO_LARGE(413, "The body is too large", "Send at most 64 KiB, or 2 MiB of scans."),
  URI_TOO_LONG(414, "The address is too long", "Shorten the query."),
  UNSUPPORTED_MEDIA_TYPE(
      415, "The body's type is not supported", "Send 'Content-Type: application/json'."),
  CODE_NOT_VALID(
      422,
      "The code is wrong, used or expired",
      "Use each code once and before it expires, or ask for another one."),
  IDEMPOTENCY_KEY_REUSED(
      422, "The key belongs to another request", "Use a new Idempotency-Key for a new request."),
  UNKNOWN_TOKEN(
      422, "The payment token is not known", "Use a token that the payment partner has issued."),
  VALIDATION_FAILED(422, "Some values are not valid", "Correct each field that 'errors' lists."),
  QUOTA_EXCEEDED(
      429,
      "Too many requests from one client",
      "Retry after the seconds in Retry-After; the RateLimit headers say what is left."),
  HEADERS_TOO_LARGE(431, "The headers are too large", "Send at most 8 KiB of headers."),
  INTERNAL_ERROR(
      500,
      "Something went wrong on our side",
      "Retry with the same Idempotency-Key; report the requestId if it stays."),
  HOME_UNKNOWN(
      503,
      "Which site sells this concert is not known here",
      "Retry with the same Idempotency-Key after the seconds in Retry-After; nothing was done."),
  IDENTITY_PROVIDER_UNAVAILABLE(
      503,
      "The identity provider does not answer",
      "Begin another sign-in after the seconds in Retry-After, or sign in with a password."),
  OUTCOME_UNKNOWN(
      503,
      "Whether the sale happened is not known",
      "Retry with the same Idempotency-Key, which cannot buy twice."),
  OVERLOADED(503, "Too many requests at once", "Retry after the seconds in Retry-After."),
  PAYMENT_UNAVAILABLE(
      503,
      "The payment partner cannot be used now",
      "Retry after the seconds in Retry-After; nothing was charged."),
  REPORT_UNAVAILABLE(
      503,
      "The report was not made",
      "Ask for another report, with a new Idempotency-Key, after the seconds in Retry-After."),
  SITE_UNAVAILABLE(
      503,
      "The site that sells this concert cannot be reached",
      "Retry with the same Idempotency-Key after the seconds in Retry-After; nothing was done."),
  UNAVAILABLE(503, "The service cannot answer now", "Retry after the seconds in Retry-After.");

  private final int status;
  private final String title;
  private final String advice;

  ProblemCode(int status, String title, String advice) {
    this.status = status;
    this.title = title;
    this.advice = advice;
  }

  /** The HTTP status of this code. */
  public int status() {
    return status;
  }

  /** One short sentence that does not vary between occurrences (RFC 9457, section 3.1.3). */
  public String title() {
    return title;
  }

  /** What a client can do. */
  public String advice() {
    return advice;
  }

  /** The text of the problem's {@code code} member, for example {@code sold-out}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The code for a status that Jetty or Jersey chose before the service's own code ran. */
  public static ProblemCode ofHttpStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 403 -> ROLE_MISSING; // Only the check of roles chooses it.
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 408 -> REQUEST_TIMEOUT;
      case 412 -> PRECONDITION_FAILED;
      case 413 -> PAYLOAD_TOO_LARGE;
      case 414 -> URI_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 431 -> HEADERS_TOO_LARGE;
      case 501, 505 -> BAD_REQUEST; // The client must change its coding or version.
      case 503 -> UNAVAILABLE;
      default -> status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
    };
  }
}
