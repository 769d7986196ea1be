package io.boxoffice.stress.compare.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Work that was accepted and is not done, over time. It is computed from answers and effects, so it
 * means the same in every way to communicate.
 */
public final class Backlog {
  private static final long SECOND = 1_000_000;

  private final NavigableMap<Long, Integer> levels = new TreeMap<>();

  private Backlog() {}

  /** The backlog of a run. Lost work is not in it; work that is still to come stays in it. */
  public static Backlog of(List<Answer> answers, Effects effects) {
    NavigableMap<Long, Integer> steps = new TreeMap<>();
    for (Answer answer : answers) {
      long end = effects.first(answer.key());
      boolean waits = end < 0 && effects.isOpen(answer.key());
      if (answer.accepted() && (waits || end > answer.answeredAt())) {
        steps.merge(answer.answeredAt(), 1, Integer::sum);
        if (!waits) {
          steps.merge(end, -1, Integer::sum);
        }
      }
    }
    Backlog backlog = new Backlog();
    int level = 0;
    for (Map.Entry<Long, Integer> step : steps.entrySet()) {
      level += step.getValue();
      backlog.levels.put(step.getKey(), level);
    }
    return backlog;
  }

  /** The highest level. */
  public int most() {
    return levels.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /**
   * The highest level of each second.
   *
   * @param from the begin of the first second, in microseconds since 1970
   * @param to the end of the last one
   */
  public List<Integer> bySecond(long from, long to) {
    List<Integer> seconds = new ArrayList<>();
    for (long begin = from; begin < to; begin += SECOND) {
      int most = at(begin);
      for (int level : levels.subMap(begin, begin + SECOND).values()) {
        most = Math.max(most, level);
      }
      seconds.add(most);
    }
    return seconds;
  }

  /** The level at a time, in microseconds since 1970. */
  public int at(long micros) {
    Map.Entry<Long, Integer> level = levels.floorEntry(micros);
    return level == null ? 0 : level.getValue();
  }
}
