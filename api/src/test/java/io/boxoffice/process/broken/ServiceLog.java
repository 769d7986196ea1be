package io.boxoffice.process.broken;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text log of a service and finds the lines that must not occur. */
public final class ServiceLog {
  private static final Pattern EVENT =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\S+ (REQ|TRACE|DEBUG|INFO|WARN|ERROR) +(\\S+) (?:\\[(\\S+)] )?(.*)",
          Pattern.DOTALL);
  private static final Pattern EXCEPTION =
      Pattern.compile("(?:! )?([\\w.$]+(?:Exception|Error)).*");
  private static final Pattern FRAME = Pattern.compile("(?:! )?\\s*at (.*)");

  private final Map<String, String> causeOfRequest = new HashMap<>();
  private final Map<String, Integer> troubles = new TreeMap<>();

  /** Reads the lines of a service's log. */
  public ServiceLog(String text) {
    List<String> lines = text.lines().toList();
    int at = 0;
    while (at < lines.size()) {
      Matcher event = EVENT.matcher(lines.get(at));
      List<String> details = new ArrayList<>();
      boolean isEvent = event.matches();
      for (at++; at < lines.size() && !EVENT.matcher(lines.get(at)).matches(); at++) {
        details.add(lines.get(at));
      }
      if (!isEvent || !details.isEmpty() || event.group(1).equals("ERROR")) {
        note(isEvent ? event : null, details);
      }
    }
  }

  /** Counts each line at ERROR and each line that is not an event, such as one of a stack trace. */
  public Map<String, Integer> troubles() {
    return troubles;
  }

  /** Returns why a request failed, or null when the log does not contain the cause. */
  String causeOf(String requestId) {
    return causeOfRequest.get(requestId);
  }

  private void note(Matcher event, List<String> details) {
    String exception = first(EXCEPTION, details);
    String frame = first(FRAME, details);
    String cause = exception + " at " + frame;
    if (event == null) {
      troubles.merge("a line that is no event, and what follows: " + cause, 1, Integer::sum);
      return;
    }
    if (event.group(3) != null) {
      causeOfRequest.put(event.group(3), cause);
    }
    String suffix = details.isEmpty() ? "" : ", " + (exception == null ? details.get(0) : cause);
    troubles.merge(
        event.group(1)
            + " "
            + event.group(2)
            + " "
            + event.group(4).replaceFirst("@[0-9a-f]+$", "")
            + suffix,
        1,
        Integer::sum);
  }

  private static String first(Pattern pattern, List<String> lines) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElse(null);
  }
}
