package io.boxoffice.stress.gates.ledger;

import java.util.Objects;
import java.util.Set;

/**
 * What the shop answers to a scan.
 *
 * @param result {@code admitted}, {@code left}, {@code refused}, {@code parked} or {@code invalid}
 * @param reason why it is refused or invalid; null otherwise
 * @param repeated whether the scan was applied before this answer
 */
public record Result(String result, String reason, boolean repeated) {
  /** The result of a person that may enter. */
  public static final String ADMITTED = "admitted";

  /** The result of a person that has left. */
  public static final String LEFT = "left";

  /** The result of a person that may not pass. */
  public static final String REFUSED = "refused";

  private static final String PARKED = "parked";

  /** Codes of invalid scans that can be sent again as they are. */
  private static final Set<String> LATER = Set.of("too-many-parked", "other-site", "rejected");

  /** Whether the shop has applied the scan. */
  public boolean isApplied() {
    return is(ADMITTED) || is(LEFT) || is(REFUSED);
  }

  /** Whether the device must send the scan again. */
  public boolean isToBeSentAgain() {
    return is(PARKED) || (!isApplied() && reason != null && LATER.contains(reason));
  }

  /** Whether it has the given text. */
  public boolean is(String text) {
    return result.equals(text);
  }

  /** Whether both say the same of the scan. */
  public boolean agreesWith(Result other) {
    return result.equals(other.result) && Objects.equals(reason, other.reason);
  }

  /** The result with its reason, for a fault. */
  public String text() {
    return reason == null ? result : "%s (%s)".formatted(result, reason);
  }
}
