package io.boxoffice.lab.trial;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one fault cost.
 *
 * @param where which node it struck
 * @param outageMillis the longest time without a successful answer, from the fault on
 * @param requests how many were sent, with repeated ones
 * @param errors how many of them had no final answer, by code
 * @param unknown buyers that never learned the outcome
 * @param purchases purchases and orders that the shop has in the end
 * @param acknowledged those that clients have a receipt of
 * @param lost receipts whose purchase is missing in the end
 * @param oversold tickets that were sold beyond the capacity, by receipts or in the database
 * @param recoveryMillis from the fault until every part runs and replicates again; -1 if not
 * @param contradictions of the history, as the checker words them
 * @param views what each site says of the home of the trial's concert, at several moments
 */
public record TrialResult(
    String topology,
    String configuration,
    String fault,
    int repeat,
    String where,
    long outageMillis,
    int requests,
    Map<String, Integer> errors,
    int unknown,
    int purchases,
    int acknowledged,
    int lost,
    long oversold,
    long recoveryMillis,
    List<String> contradictions,
    List<String> views) {

  /** How many requests had no final answer. */
  public int errorCount() {
    return errors.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether nothing was lost or sold twice, and the history has no contradiction. */
  public boolean isClean() {
    return lost == 0 && oversold == 0 && contradictions.isEmpty();
  }

  /** For the progress of a run. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "%s %d on %s: outage %.1f s, recovery %s, %d of %d requests failed %s, %d unknown, "
            + "%d acknowledged, %d lost, %d oversold%s%s",
        fault,
        repeat,
        where,
        outageMillis / 1e3,
        recoveryMillis < 0 ? "never" : String.format(Locale.ROOT, "%.1f s", recoveryMillis / 1e3),
        errorCount(),
        requests,
        errors,
        unknown,
        acknowledged,
        lost,
        oversold,
        contradictions.isEmpty()
            ? ""
            : "; %d contradictions, the first: %s"
                .formatted(contradictions.size(), contradictions.get(0)),
        views.stream().map(view -> "\n  " + view).collect(Collectors.joining()));
  }
}
