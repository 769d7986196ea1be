package io.boxoffice.platform.http;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates the conditions that a request sets on the current representation of its resource (RFC
 * 9110, 13). A header that is not a list of entity tags is rejected: to ignore it would drop a
 * condition.
 */
public final class Preconditions {
  /** RFC 9110, 8.8.3; Jetty decodes bytes beyond ASCII as ISO-8859-1, which etagc allows. */
  private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"");

  private static final Pattern SEPARATOR = Pattern.compile("[ \\t]*(,[ \\t]*)+|[ \\t]*$");
  private static final String ANY = "*";

  /** The condition of one header: any representation, one of some tags, or none. */
  private record Condition(boolean isPresent, boolean any, List<EntityTag> tags) {
    static Condition of(String name, List<String> values) {
      if (values == null || values.isEmpty()) {
        return new Condition(false, false, List.of());
      }
      if (values.size() == 1 && values.get(0).strip().equals(ANY)) {
        return new Condition(true, true, List.of());
      }
      List<EntityTag> tags = new ArrayList<>();
      values.forEach(value -> tags.addAll(parse(name, value)));
      return new Condition(true, false, tags);
    }

    private static List<EntityTag> parse(String name, String value) {
      List<EntityTag> tags = new ArrayList<>();
      String text = value.strip();
      Matcher tag = TAG.matcher(text);
      Matcher separator = SEPARATOR.matcher(text);
      int at = 0;
      while (tag.region(at, text.length()).lookingAt()) {
        tags.add(new EntityTag(tag.group(2), tag.group(1) != null));
        at = tag.end();
        if (!separator.region(at, text.length()).lookingAt()) {
          break;
        }
        at = separator.end();
      }
      if (tags.isEmpty() || at < text.length()) {
        throw ProblemException.invalid(
            name, "must be * or entity tags in double quotes, separated by commas");
      }
      return tags;
    }

    /** Strong comparison (RFC 9110, 8.8.3.2): a weak tag matches nothing. */
    boolean matchesStrongly(EntityTag current) {
      return any || tags.stream().anyMatch(tag -> !tag.isWeak() && tag.equals(current));
    }

    /** Weak comparison: only the opaque parts are compared. */
    boolean matchesWeakly(EntityTag current) {
      return any || tags.stream().anyMatch(tag -> tag.getValue().equals(current.getValue()));
    }
  }

  private final Condition ifMatch;
  private final Condition ifNoneMatch;

  private Preconditions(Condition ifMatch, Condition ifNoneMatch) {
    this.ifMatch = ifMatch;
    this.ifNoneMatch = ifNoneMatch;
  }

  /**
   * Reads If-Match and If-None-Match. Representations here have no modification date, so the two
   * conditions on dates do not apply (RFC 9110, 13.1.3 and 13.1.4).
   *
   * @throws ProblemException 422 for a header that is neither {@code *} nor a list of entity tags
   */
  public static Preconditions of(HttpHeaders headers) {
    return new Preconditions(
        condition(headers, HttpHeaders.IF_MATCH), condition(headers, HttpHeaders.IF_NONE_MATCH));
  }

  private static Condition condition(HttpHeaders headers, String name) {
    return Condition.of(name, headers.getRequestHeader(name));
  }

  /** Whether the request sets any condition. */
  public boolean arePresent() {
    return ifMatch.isPresent() || ifNoneMatch.isPresent();
  }

  /**
   * Whether the response to a GET or HEAD may be 304.
   *
   * @throws ProblemException 412 when If-Match does not hold
   */
  public boolean allowNotModified(EntityTag current) {
    requireIfMatch(ifMatch.matchesStrongly(current));
    return ifNoneMatch.isPresent() && ifNoneMatch.matchesWeakly(current);
  }

  /**
   * Checks a change before it is made.
   *
   * @throws ProblemException 412 when a condition does not hold
   */
  public void requireBeforeChange(EntityTag current) {
    requireIfMatch(ifMatch.matchesStrongly(current));
    if (ifNoneMatch.isPresent() && ifNoneMatch.matchesWeakly(current)) {
      throw failed("The resource has a representation that If-None-Match names.");
    }
  }

  /**
   * Checks a change of a resource that does not exist. No If-Match holds for it.
   *
   * @throws ProblemException 412 when there is an If-Match
   */
  public void requireBeforeChangeOfNothing() {
    requireIfMatch(false);
  }

  private void requireIfMatch(boolean matches) {
    if (ifMatch.isPresent() && !matches) {
      throw failed("The resource has no representation that If-Match names.");
    }
  }

  private static ProblemException failed(String detail) {
    return ProblemException.of(ProblemCode.PRECONDITION_FAILED, detail);
  }
}
