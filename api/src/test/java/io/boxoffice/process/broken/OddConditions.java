package io.boxoffice.process.broken;

import java.util.List;
import java.util.Map;

/** Combines conditions on dates and entity tags, with the server's own tags and others. */
final class OddConditions {
  private static final List<String> NAMES =
      List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range");

  private final Map<String, String> tagOfPath;
  private final List<String> tags;

  OddConditions(Map<String, String> tagOfPath) {
    this.tagOfPath = tagOfPath;
    this.tags = List.copyOf(tagOfPath.values());
  }

  /** Adds one to four conditions and returns their kinds. */
  String breakUp(Dice dice, Message message) {
    StringBuilder kind = new StringBuilder("conditions");
    for (int i = 1 + dice.below(4); i > 0; i--) {
      String name = dice.pick(NAMES);
      message.add(name, name.endsWith("Since") ? date(dice) : value(dice, message.target));
      kind.append(' ').append(name);
    }
    if (dice.oneIn(3)) {
      message.add("Range", dice.pick("bytes=0-0", "bytes=5-", "bytes=-5", "bytes=x"));
    }
    return kind.toString();
  }

  private String value(Dice dice, String path) {
    return switch (dice.below(6)) {
      case 0 -> tag(dice, path) + ", " + tag(dice, path);
      case 1 -> tag(dice, path) + dice.pick(",", " ,", ",,", ", *", " " + tag(dice, path));
      default -> tag(dice, path);
    };
  }

  private String tag(Dice dice, String path) {
    String other = dice.pick(tags);
    String known = dice.oneIn(3) ? other : tagOfPath.getOrDefault(path, other);
    return switch (dice.below(8)) {
      case 0, 1 -> known;
      case 2 -> known.startsWith("W/") ? known.substring(2) : "W/" + known;
      case 3 -> known.replace("\"", "");
      case 4 -> known.substring(0, Math.max(0, known.length() - 1));
      case 5 -> dice.mutated(known).replaceAll("[\r\n]", "");
      default ->
          dice.pick(
              "*",
              "\"*\"",
              "\"\"",
              "\"",
              "W/",
              "W/\"",
              "w/\"1\"",
              "W/*",
              "\"1\"",
              "1",
              "",
              "\"\u00e9\"",
              "\"a\\\"b\"",
              "\"a b\"",
              "W/W/\"1\"");
    };
  }

  private static String date(Dice dice) {
    return dice.pick(
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 01 Jan 2100 00:00:00 GMT",
        "Thu, 31 Feb 2026 00:00:00 GMT",
        "yesterday",
        "0",
        "");
  }
}
