package io.boxoffice.process.broken;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Breaks a body: its JSON, its characters, its coding or the fields that describe it. */
final class OddBodies {
  private static final Pattern VALUE =
      Pattern.compile("(?<=: ?)(\"[^\"]*\"|-?[0-9][0-9.]*|true|false|null)");
  private static final int LIMIT = 64 * 1024;

  private final OddCodings codings = new OddCodings();

  /** Changes the message and returns the kind of the change. */
  String breakUp(Dice dice, Message message) {
    return switch (dice.below(10)) {
      case 0, 1 -> damage(dice, message);
      case 2, 3 -> replaceValue(dice, message);
      case 4 -> shape(dice, message);
      case 5 -> characters(dice, message);
      case 6 -> charset(dice, message);
      case 7, 8 -> codings.breakUp(dice, message);
      default -> mediaType(dice, message);
    };
  }

  private static String damage(Dice dice, Message message) {
    switch (dice.below(6)) {
      case 0 -> message.body = dice.bytes(dice.below(dice.pick(8, 300, 3000)));
      case 1 -> message.body = dice.cut(message.body);
      default -> message.body = dice.mutated(message.body);
    }
    return "body damaged";
  }

  private static String replaceValue(Dice dice, Message message) {
    List<MatchResult> values = VALUE.matcher(message.body).results().toList();
    if (values.isEmpty()) {
      message.body = value(dice);
    } else {
      MatchResult value = dice.pick(values);
      message.body =
          message.body.substring(0, value.start())
              + value(dice)
              + message.body.substring(value.end());
    }
    return "body with an odd value";
  }

  private static String value(Dice dice) {
    return switch (dice.below(6)) {
      case 0 ->
          dice.pick(
              "1e400",
              "-1e400",
              "1e999999999",
              "1e-999999999",
              "99999999999999999999",
              "-9223372036854775809",
              "2147483648",
              "-0",
              "-0.0",
              "0.1",
              "1.0",
              "1e0",
              "01",
              "+1",
              ".5",
              "5.",
              "0x10");
      case 1 -> "1".repeat(dice.pick(30, 999, 1001, 5000)) + dice.pick("", ".5", "e5");
      case 2 ->
          dice.pick(
              "NaN", "Infinity", "-Infinity", "undefined", "null", "true", "[]", "{}", "\"\"");
      case 3 ->
          "\""
              + dice.pick(
                  "\\ud800",
                  "\\udc00x",
                  "\\ud83d\\ude00",
                  "\\u0000",
                  "\\u202e",
                  "\\ufeff",
                  "\\uZZZZ",
                  "\\x",
                  "\\",
                  "\\u12",
                  "a\tb",
                  "a\nb",
                  "a\\u0085b",
                  "-PT1S",
                  "2026-02-30T25:61:61Z",
                  "-999999999-01-01T00:00:00Z",
                  "+999999999-12-31T23:59:59Z",
                  "00000000-0000-0000-0000-000000000000",
                  "0-0-0-0-0",
                  "a@b",
                  "'; DROP TABLE concerts; --")
              + "\"";
      case 4 -> "\"" + "x".repeat(dice.pick(201, 300, 5000, 30_000)) + "\"";
      default -> nested(dice);
    };
  }

  private static String nested(Dice dice) {
    int depth = dice.pick(2, 100, 999, 1001, 10_000);
    boolean isArray = dice.oneIn(2);
    String inside = (isArray ? "[" : "{\"a\":").repeat(depth);
    return dice.oneIn(2) ? inside : inside + "1" + (isArray ? "]" : "}").repeat(depth);
  }

  private static String shape(Dice dice, Message message) {
    String body = message.body.strip();
    String members = body.startsWith("{") ? body.substring(1) : "\"a\": 1}";
    message.body =
        switch (dice.below(14)) {
          case 0 -> "{" + members.replaceFirst("}\\s*$", "") + "," + members;
          case 1 -> "{" + dice.pick("\"\": 1,", "\"__proto__\": {},", "\"id\": 1,") + members;
          case 2 -> body + body;
          case 3 -> body + dice.pick(" {}", "]", "}", "x", ",", "\u0000");
          case 4 -> "[" + body + "]";
          case 5 -> body.replace('"', '\'');
          case 6 -> "/* c */" + body + "// d";
          case 7 -> body.replaceFirst("}\\s*$", ",}");
          case 8 -> dice.pick("", " ", "\r\n", "null", "1", "\"\"", "[]", "{}", "true", "-", "nul");
          case 9 -> "email=ada%40example.com&quantity=1";
          case 10 -> "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
          case 11 -> nested(dice);
          case 12 -> body + " ".repeat(Math.max(0, LIMIT - body.length() + dice.below(3) - 1));
          default -> " ".repeat(dice.pick(LIMIT, 2 * LIMIT, 5 * LIMIT)) + body;
        };
    return "body of another shape";
  }

  private static String characters(Dice dice, Message message) {
    String odd =
        dice.pick(
            "\u00c0\u0080",
            "\u00c0\u00af",
            "\u00e0\u0080\u00af",
            "\u00f0\u0080\u0080\u00af",
            "\u00ed\u00a0\u0080",
            "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00f8\u0088\u0080\u0080\u0080",
            "\u0080",
            "\u00bf\u00bf",
            "\u00e2\u0082",
            "\u00ff\u00fe",
            "\u0000",
            "\u0000\u0000\u0000",
            "\u007f",
            "\u001b[2J");
    int quote = message.body.indexOf('"', dice.below(message.body.length() + 1));
    int at = quote < 0 ? message.body.length() : quote + 1;
    message.body = message.body.substring(0, at) + odd + message.body.substring(at);
    return "body with bytes that are no UTF-8";
  }

  private static String charset(Dice dice, Message message) {
    String charset =
        dice.pick("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "IBM1047", "UTF-16");
    String body = Latin.in(charset, (dice.oneIn(2) ? "\ufeff" : "") + message.body);
    message.body = dice.oneIn(3) && !body.isEmpty() ? body.substring(0, body.length() - 1) : body;
    if (dice.oneIn(6)) {
      // Byte order marks of unusual UTF-32 byte orders.
      message.body = dice.pick("\u0000\u0000\u00ff\u00fe", "\u00fe\u00ff\u0000\u0000") + body;
    }
    if (dice.oneIn(2)) {
      message.set("Content-Type", "application/json; charset=" + charset);
    }
    return "body in another charset";
  }

  private static String mediaType(Dice dice, Message message) {
    String type =
        dice.pick(
            "",
            "application",
            "application/",
            "/json",
            "/",
            "*/*",
            "application/*",
            "application/*+json",
            "application/json;",
            "application/json;;;",
            "application/json; charset",
            "application/json; charset=",
            "application/json; charset=\"",
            "application/json; charset=\"utf-8",
            "application/json; charset=nope",
            "application/json; charset=utf-7",
            "application/json; charset=utf-8; charset=utf-16",
            "application/json; charset=\u00e9",
            "application/json; q=5",
            "application/json, text/plain",
            "APPLICATION/JSON",
            "application/ json",
            "text/json",
            "text/plain; charset=us-ascii",
            "application/merge-patch+json",
            "application/json-patch+json",
            "application/problem+json",
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=nope",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=x",
            "multipart/mixed; boundary=\"" + "b".repeat(200) + "\"",
            "application/octet-stream",
            "application/xml",
            "image/png\u0001",
            "x".repeat(3000) + "/y");
    switch (dice.below(4)) {
      case 0 -> message.remove("Content-Type");
      case 1 -> message.add("Content-Type", type);
      default -> message.set("Content-Type", type);
    }
    return "Content-Type";
  }
}
