package io.boxoffice.platform.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds what a client prefers about the time of the answer (RFC 7240, sections 4.1 and 4.3).
 *
 * @param respondAsync whether the client wants a 202 in place of a wait
 * @param longestWait how long the client waits, {@link #MOST_WAIT} at most; empty if it does not
 *     say
 */
public record Prefer(boolean respondAsync, Optional<Duration> longestWait) {
  /** The name of the request header. */
  public static final String HEADER = "Prefer";

  /** The name of the response header that says which preferences were honoured. */
  public static final String APPLIED = "Preference-Applied";

  /** The longest wait; proxies end requests that wait for longer. */
  public static final Duration MOST_WAIT = Duration.ofSeconds(60);

  private static final String RESPOND_ASYNC = "respond-async";
  private static final String WAIT = "wait";

  /** One preference: its name, its value with or without quotes, and parameters, up to a comma. */
  private static final Pattern PREFERENCE =
      Pattern.compile(
          "\\G[\\s,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)"
              + "(?:\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,;\"]*)))?"
              + "((?:\\s*;(?:[^,\"]|\"(?:[^\"\\\\]|\\\\.)*\")*)?)\\s*(?=,|$)");

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  /**
   * Reads the values of all Prefer headers of a request. A preference that is not known or not
   * valid is ignored, and of a repeated one the first counts (RFC 7240, section 2).
   */
  public static Prefer parse(List<String> headers) {
    boolean respondAsync = false;
    Optional<Duration> longestWait = Optional.empty();
    List<String> seen = new ArrayList<>();
    Matcher preference = PREFERENCE.matcher(String.join(",", headers));
    while (preference.find()) {
      String name = preference.group(1).toLowerCase(Locale.ROOT);
      String value = preference.group(2) == null ? preference.group(3) : preference.group(2);
      if (seen.contains(name)) {
        continue;
      }
      seen.add(name);
      if (name.equals(RESPOND_ASYNC) && (value == null || value.isEmpty())) {
        respondAsync = true;
      } else if (name.equals(WAIT) && value != null && SECONDS.matcher(value).matches()) {
        longestWait = Optional.of(shorter(Duration.ofSeconds(Long.parseLong(value))));
      }
    }
    return new Prefer(respondAsync, longestWait);
  }

  private static Duration shorter(Duration wished) {
    return wished.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : wished;
  }

  /**
   * Returns the value of {@link #APPLIED} for an answer that honoured these preferences; empty if
   * there are none.
   */
  public Optional<String> applied() {
    List<String> honoured = new ArrayList<>();
    if (respondAsync) {
      honoured.add(RESPOND_ASYNC);
    }
    longestWait.ifPresent(length -> honoured.add(WAIT + "=" + length.toSeconds()));
    return honoured.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", honoured));
  }
}
