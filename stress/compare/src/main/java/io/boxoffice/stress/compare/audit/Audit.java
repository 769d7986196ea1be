package io.boxoffice.stress.compare.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Compares the answers of a load with what was done. Latencies and rates are those of the measured
 * window; all numbers count the warm-up too.
 *
 * @param requests how many were sent
 * @param acceptedMillis from the time of sending to a success
 * @param completedMillis from the time of sending to the effect, with or without an answer
 * @param acceptedRate successes per second
 * @param completedRate effects per second within the window
 * @param errors requests without a success, by code
 * @param failedButDone requests without a success whose effect was done all the same
 * @param twice effects beyond the first one of a request
 * @param lost changes without their effect, and none to come: the request had a success, or the
 *     change is in the shop
 * @param open the same, but the shop says at the end of the run that the effect is to come
 * @param backlogMost the most successes at one time whose effect had not come yet
 * @param backlogOldestMillis the longest time from a success to its effect
 * @param drainMillis from the end of the load to the last effect
 */
public record Audit(
    int requests,
    Percentiles acceptedMillis,
    Percentiles completedMillis,
    double acceptedRate,
    double completedRate,
    Map<String, Integer> errors,
    int failedButDone,
    int twice,
    int lost,
    int open,
    int backlogMost,
    double backlogOldestMillis,
    double drainMillis) {

  /** Compares them at the end of a run. */
  public static Audit of(List<Answer> answers, Effects effects, Window window) {
    List<Answer> accepted = answers.stream().filter(Answer::accepted).toList();
    List<Answer> completed = answers.stream().filter(one -> effects.count(one.key()) > 0).toList();
    long measuredSuccesses = accepted.stream().filter(one -> window.contains(one.sentAt())).count();
    long measuredEffects =
        completed.stream().filter(one -> window.contains(effects.first(one.key()))).count();
    long lastEffect = completed.stream().mapToLong(one -> effects.first(one.key())).max().orElse(0);
    return new Audit(
        answers.size(),
        Percentiles.ofMicros(
            accepted.stream()
                .filter(one -> window.contains(one.sentAt()))
                .mapToLong(one -> one.answeredAt() - one.sentAt())),
        Percentiles.ofMicros(
            completed.stream()
                .filter(one -> window.contains(one.sentAt()))
                .mapToLong(one -> Math.max(0, effects.first(one.key()) - one.sentAt()))),
        measuredSuccesses / window.seconds(),
        measuredEffects / window.seconds(),
        answers.stream()
            .filter(one -> !one.accepted())
            .collect(
                Collectors.groupingBy(Answer::code, TreeMap::new, Collectors.summingInt(one -> 1))),
        count(completed, one -> !one.accepted()),
        completed.stream().mapToInt(one -> effects.count(one.key()) - 1).sum(),
        count(answers, one -> isMissing(one, effects) && !effects.isOpen(one.key())),
        count(answers, one -> isMissing(one, effects) && effects.isOpen(one.key())),
        Backlog.of(answers, effects).most(),
        Percentiles.mostMillis(
            completed.stream()
                .filter(Answer::accepted)
                .mapToLong(one -> Math.max(0, effects.first(one.key()) - one.answeredAt()))),
        Math.max(0, lastEffect - window.to()) / 1e3);
  }

  /** How many requests had no success. */
  public int failures() {
    return errors.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static boolean isMissing(Answer answer, Effects effects) {
    return effects.count(answer.key()) == 0
        && (answer.accepted() || effects.isCommitted(answer.key()));
  }

  private static int count(List<Answer> answers, Predicate<Answer> which) {
    return (int) answers.stream().filter(which).count();
  }
}
