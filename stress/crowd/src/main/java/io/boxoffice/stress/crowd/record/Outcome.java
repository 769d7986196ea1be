package io.boxoffice.stress.crowd.record;

import java.util.Locale;

/** The outcome of one request. */
public enum Outcome {
  /** Answered as asked, without selling anything: read, held, replayed, cancelled. */
  OK,
  /** Tickets were sold. */
  SOLD,
  /** Not enough tickets are left: the normal rejection. */
  SOLD_OUT,
  /** The simulation denied it. */
  DENIED,
  /** The payment partner declined, or the order was over: the normal rejection of a payment. */
  DECLINED,
  /** The buyer closed the connection before the answer, on purpose. */
  GAVE_UP,
  /** The shop rejected it because of an overload. */
  OVERLOADED,
  /** No answer came: refused, closed or too late. */
  LOST,
  /** Any other answer. */
  FAILED;

  /** Its name in files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the shop did what it should; simulated and normal rejections count as that. */
  public boolean isGood() {
    return switch (this) {
      case OK, SOLD, SOLD_OUT, DENIED, DECLINED, GAVE_UP -> true;
      case OVERLOADED, LOST, FAILED -> false;
    };
  }
}
