package io.boxoffice.process.broken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What came out of a trial: the answers counted, and every rule that one broke. */
public final class Findings {
  private static final int MOST_GROUPS = 20;
  private static final int LONGEST_TEXT = 1500;

  private record Finding(String breach, BrokenRequest request, Answer answer) {}

  private final Queue<Finding> all = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
  private final AtomicInteger unanswered = new AtomicInteger();

  Findings() {}

  void add(String breach, BrokenRequest request, Answer answer) {
    all.add(new Finding(breach, request, answer));
  }

  void answered(int status) {
    statuses.merge(status, 1, Integer::sum);
  }

  /** A connection ended, as it may, and no answer came before. */
  void unanswered() {
    unanswered.incrementAndGet();
  }

  /** Whether no answer broke a rule. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** How many answers there were. */
  public int answers() {
    return statuses.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The answers by status. */
  public String summary() {
    return "answers by status %s, closed without one %d, findings %d"
        .formatted(statuses, unanswered.get(), all.size());
  }

  /**
   * The findings in groups, the largest first, each with its first request ready for printf and nc.
   *
   * @param log names the causes
   * @param folder gets the first request of each group as it went over the wire
   */
  public String report(ServiceLog log, Path folder) {
    Map<String, List<Finding>> groups =
        all.stream().collect(Collectors.groupingBy(finding -> nameOf(finding, log)));
    List<Map.Entry<String, List<Finding>>> sorted = new ArrayList<>(groups.entrySet());
    sorted.sort(Comparator.comparing(group -> -group.getValue().size()));
    StringBuilder report = new StringBuilder();
    int number = 0;
    for (Map.Entry<String, List<Finding>> group : sorted) {
      number++;
      if (number > MOST_GROUPS) {
        report.append("... and %d more groups%n".formatted(sorted.size() - MOST_GROUPS));
        break;
      }
      Finding shortest =
          group.getValue().stream()
              .min(Comparator.comparing(finding -> finding.request().wire().length()))
              .orElseThrow();
      save(folder.resolve(number + ".request"), shortest.request());
      report.append(
          "%n(%d) %s, %d times, by %s%n  %s%n"
              .formatted(
                  number,
                  group.getKey(),
                  group.getValue().size(),
                  kinds(group.getValue()),
                  shortened("printf '" + Latin.escaped(shortest.request().wire()) + "'")));
      if (shortest.answer() != null) {
        String answer = Latin.escaped(shortest.answer().body());
        report.append("  answered: ").append(shortened(answer)).append('\n');
      }
    }
    return report.toString();
  }

  private static String nameOf(Finding finding, ServiceLog log) {
    String id = finding.answer() == null ? "" : finding.answer().header("X-Request-Id");
    String cause = log.causeOf(id);
    boolean isUnclear = finding.breach().startsWith("status") && cause == null;
    return finding.breach()
        + (isUnclear ? " to " + finding.request().address() : cause == null ? "" : ": " + cause);
  }

  private static String kinds(List<Finding> findings) {
    Map<String, Long> kinds =
        findings.stream()
            .collect(
                Collectors.groupingBy(
                    finding -> finding.request().kind(), TreeMap::new, Collectors.counting()));
    return kinds.entrySet().stream()
        .sorted(Comparator.comparing(kind -> -kind.getValue()))
        .limit(5)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(" | "));
  }

  private static void save(Path file, BrokenRequest request) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Latin.bytes(request.wire() + request.rest()));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT
        ? text
        : text.substring(0, LONGEST_TEXT) + "... (%d characters)".formatted(text.length());
  }
}
