package io.boxoffice.stress.crowd.record;

import java.util.Locale;

/** The outcome of one request. */
public enum Outcome {
  /** Answered as asked, without selling anything: read, not modified, replayed, cancelled. */
  OK,
  /** Tickets were sold. */
  SOLD,
  /** Not enough tickets are left: the normal rejection. */
  SOLD_OUT,
  /** The simulation denied it. */
  DENIED,
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
    return this == OK || this == SOLD || this == SOLD_OUT || this == DENIED;
  }
}
