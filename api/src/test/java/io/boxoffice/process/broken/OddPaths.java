package io.boxoffice.process.broken;

import java.util.Locale;

/** Breaks an address: its path, its ids or its query. */
final class OddPaths {

  /** Changes the message's target and returns the kind of the change. */
  String breakUp(Dice dice, Message message) {
    String path = message.target;
    return switch (dice.below(8)) {
      case 0, 1, 2 -> {
        message.target = path + query(dice);
        yield "query";
      }
      case 3 -> {
        message.target = lastSegment(dice, path);
        yield "path with an odd id";
      }
      case 4 -> {
        int at = 1 + dice.below(path.length());
        message.target = path.substring(0, at) + encoding(dice) + path.substring(at);
        yield "path with an odd encoding";
      }
      case 5 -> {
        message.target = segments(dice, path);
        yield "path with odd segments";
      }
      case 6 -> {
        message.target = dice.mutated(path);
        yield "path damaged";
      }
      default -> {
        message.target =
            path + dice.pick("/", "?a=", "/%41", "//").repeat(dice.pick(30, 300, 2500));
        yield "path that is long";
      }
    };
  }

  private static String lastSegment(Dice dice, String path) {
    int slash = path.lastIndexOf('/');
    String id = path.substring(slash + 1);
    String odd =
        switch (dice.below(10)) {
          case 0 -> id.isEmpty() ? "x" : id.substring(1);
          case 1 -> id.toUpperCase(Locale.ROOT);
          case 2 -> "{" + id + "}";
          case 3 -> "%7B" + id + "%7D";
          case 4 -> id.replace("-", "");
          case 5 -> id + dice.pick("0", " ", "%20", "+", ".json", ";a=b", ";", "#f", "\u0000");
          case 6 -> "0-0-0-0-0";
          case 7 -> "ffffffff-ffff-ffff-ffff-ffffffffffff";
          case 8 -> "%%36".repeat(3) + id;
          default -> dice.pick("null", "*", "-1", "\u00e9", "%C3%A9", "%F0%9F%98%80", "..", ".");
        };
    return path.substring(0, slash + 1) + odd;
  }

  private static String encoding(Dice dice) {
    return dice.pick(
        "%00",
        "%2F",
        "%2f",
        "%5c",
        "%2e",
        "%2e%2e",
        "%2e%2e%2f",
        "%",
        "%2",
        "%zz",
        "%u0041",
        "%c0%af",
        "%C0%80",
        "%ED%A0%80",
        "%FF",
        "%0d%0a",
        "%25",
        "%2500",
        "%3b",
        "%3f",
        "%23",
        "\\",
        "\u00e9",
        "\u00c3\u00a9",
        "\u00ff",
        "\u0001",
        "\u007f",
        "\t",
        " ",
        "<",
        "\"",
        "`",
        "|",
        "^",
        "{",
        "}",
        "[",
        "]",
        "#",
        ";",
        ";a=b",
        ";/",
        "@",
        ":",
        "*",
        "$",
        "'",
        "!",
        "~",
        "+");
  }

  private static String segments(Dice dice, String path) {
    return switch (dice.below(10)) {
      case 0 -> "/" + path;
      case 1 -> path + "/";
      case 2 -> path.replaceFirst("/", "//");
      case 3 -> "/.." + path;
      case 4 -> path + "/../.." + path;
      case 5 -> "/." + path + "/.";
      case 6 -> path + "/%2e%2e/" + path;
      case 7 -> path + "/..;/" + path;
      case 8 -> path.toUpperCase(Locale.ROOT);
      default -> path.replace('/', '\\').replaceFirst("\\\\", "/");
    };
  }

  private static String query(Dice dice) {
    StringBuilder query = new StringBuilder("?");
    for (int i = 1 + dice.below(3); i > 0; i--) {
      String name =
          dice.pick(
              "limit",
              "limit",
              "after",
              "before",
              "onSale",
              "email",
              "concertId",
              "profile",
              "limit[]",
              "",
              "%",
              "l\u00efmit",
              "name[]",
              "type",
              "pretty",
              "unknown");
      query.append(name).append(dice.pick("=", "=", "=", "=", "", "==")).append(value(dice));
      query.append(dice.pick("&", "&", "&&", ";", ""));
    }
    return query.toString();
  }

  private static String value(Dice dice) {
    return switch (dice.below(6)) {
      case 0 ->
          dice.pick(
              "0",
              "-1",
              "1",
              "101",
              "1e3",
              "1.0",
              "0x1",
              "+1",
              "2147483648",
              "9223372036854775807",
              "9223372036854775808",
              "%D9%A1",
              "9".repeat(400));
      case 1 -> dice.pick("true", "TRUE", "yes", "null", "off", "none", "ready", "NaN");
      case 2 -> encoding(dice);
      case 3 -> dice.pick("ada@example.com", "a%00b@example.com", "@", "a@b", "%40", "%ED%A0%80@b");
      case 4 ->
          dice.pick(
              "00000000-0000-7000-8000-000000000000",
              "00000000-0000-7000-8000-00000000000",
              "0-0-0-0-0",
              "{00000000-0000-7000-8000-000000000000}");
      default -> dice.pick("'--", "%27%29%3B", "a".repeat(3000), "%F0%9F%98%80", "", " ", "\\");
    };
  }
}
