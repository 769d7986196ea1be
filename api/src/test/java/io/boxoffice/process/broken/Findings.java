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

/**
 * Collects the results of a trial: the number of responses, and every response that broke a rule.
 */
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

  /** Counts a connection that ended without a response, where the rules allow it. */
  void unanswered() {
    unanswered.incrementAndGet();
  }

  /** Returns whether all responses followed the rules. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Returns the number of responses. */
  public int answers() {
    return statuses.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns the number of responses by status as text. */
  public String summary() {
    return "answers by status %s, closed without one %d, findings %d"
        .formatted(statuses, unanswered.get(), all.size());
  }

  /**
   * Reports the findings in groups, the largest first. Each group has its shortest request as a
   * printf command for nc.
   *
   * @param log the log of the service, which contains the causes
   * @param folder the folder for the bytes of the shortest request of each group
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
