package io.boxoffice.platform.http.strict;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Parses the ids of all resources, in paths, queries and bodies. The JDK's own parser also accepts
 * missing digits or a sign at the start, so one resource would have many names.
 */
public final class Ids {
  /** RFC 9562, section 4: 36 characters; hexadecimal digits in either case. */
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  private Ids() {}

  /**
   * Parses an id.
   *
   * @throws IllegalArgumentException for any other form
   */
  public static UUID parse(String text) {
    if (!CANONICAL.matcher(text).matches()) {
      throw new IllegalArgumentException("not a UUID in its canonical form");
    }
    return UUID.fromString(text);
  }
}
