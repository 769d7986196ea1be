package io.boxoffice.platform.database.read;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Holds what a query returned, and since when it may be outdated, so that a response can say so.
 *
 * @param asOf everything that was committed before this {@link System#nanoTime} is in the value;
 *     empty if the primary returned it
 */
public record ReadResult<R>(R value, OptionalLong asOf) {
  /** The header that says how old an answer of a standby may be; no other answer has it. */
  public static final String AGE = "Age";

  /** Describes the header in the contract. */
  public static final String AGE_DESCRIPTION =
      "The answer comes from a standby and may be so many seconds old.";

  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** A value that the primary returned. */
  public static <R> ReadResult<R> ofPrimary(R value) {
    return new ReadResult<>(value, OptionalLong.empty());
  }

  /** The value converted, from the same moment. */
  public <T> ReadResult<T> map(Function<R, T> conversion) {
    return new ReadResult<>(conversion.apply(value), asOf);
  }

  /**
   * The age of the value now for the response header Age (RFC 9111, 5.1): whole seconds, rounded
   * up; null if the primary returned it.
   */
  public Long ageSeconds() {
    return asOf.isEmpty()
        ? null
        : Math.floorDiv(Math.max(0, System.nanoTime() - asOf.getAsLong()) - 1, NANOS_PER_SECOND)
            + 1;
  }
}
