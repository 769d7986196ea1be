package io.boxoffice.process.broken;

import io.boxoffice.process.broken.BrokenRequest.Ending;

/** Breaks the request line or the lines of the fields. */
final class OddHeads {

  /** Returns a request that must be the last one on its connection. */
  BrokenRequest breakUp(Dice dice, Message message) {
    return switch (dice.below(6)) {
      case 0, 1 -> lines(dice, message);
      case 2 -> requestLine(dice, message);
      case 3 -> host(dice, message);
      case 4 -> target(dice, message);
      default -> expectation(dice, message);
    };
  }

  private static BrokenRequest lines(Dice dice, Message message) {
    String head = message.head();
    String body = message.framedBody();
    String odd =
        dice.pick(
            "X-Odd: a\r\n b",
            "X-Odd: a\r\n\tb",
            "X-Odd:\r\n b",
            "If-Match: \"a\r\n b\"",
            "X-Odd: a\nX-Next: b",
            "X-Odd: a\rX-Next: b",
            "X-Odd: a\r\r\nX-Next: b",
            "X-Odd: a\u0000b",
            "X-O\u0000dd: a",
            "X-Odd : a",
            "X Odd: a",
            ": a",
            ":",
            "no colon",
            "X-\u00d6dd: a",
            "X-Odd\u0001: a",
            "(X): a",
            "X-Odd\u007f: a",
            "x".repeat(9000) + ": a",
            "X-Odd: a\r\n".repeat(900) + "X-Odd: b",
            "Content-Type\u0000: x");
    String wire =
        switch (dice.below(6)) {
          case 0 -> head.replace("\r\n", "\n") + body;
          case 1 -> head.replace("\r\n", "\r") + body;
          case 2 -> head.replaceFirst("\r\n", "\r\n ") + body;
          default -> head.replaceFirst("\r\n", "\r\n" + dollarFree(odd) + "\r\n") + body;
        };
    return BrokenRequest.framed("lines of the head", wire, Ending.CUT_OFF);
  }

  private static BrokenRequest requestLine(Dice dice, Message message) {
    String method = message.method;
    String target = message.target;
    String line =
        switch (dice.below(4)) {
          case 0 ->
              dice.pick(
                  method,
                  method + " " + target,
                  method + "  " + target + "  HTTP/1.1",
                  method + "\t" + target + "\tHTTP/1.1",
                  " " + method + " " + target + " HTTP/1.1",
                  method + " " + target + " HTTP/1.1 ",
                  method + " " + target + " HTTP/1.1 x",
                  method + target + " HTTP/1.1",
                  target + " " + method + " HTTP/1.1",
                  "HTTP/1.1 200 OK",
                  "\r\n\r\n" + method + " " + target + " HTTP/1.1",
                  "\u0000" + method + " " + target + " HTTP/1.1");
          case 1 ->
              dice.pick("G\u00cbT", "GET\u0000", "G(T", "GET,", "\"GET\"", "M".repeat(9000), "PRI")
                  + " "
                  + target
                  + " HTTP/1.1";
          default ->
              method
                  + " "
                  + target
                  + " "
                  + dice.pick(
                      "HTTP/1.0",
                      "HTTP/0.9",
                      "HTTP/1.2",
                      "HTTP/2.0",
                      "HTTP/2",
                      "HTTP/3",
                      "HTTP/9.9",
                      "HTTP/11",
                      "HTTP/1",
                      "HTTP/1.",
                      "HTTP/01.1",
                      "HTTP/1.1.1",
                      "HTTP/-1.1",
                      "http/1.1",
                      "HTP/1.1",
                      "HTTP 1.1",
                      "HTTPS/1.1",
                      "ICY/1.1",
                      "HTTP/1.\u00b9");
        };
    String head = message.head();
    String wire = line + head.substring(head.indexOf("\r\n")) + message.framedBody();
    return BrokenRequest.framed("request line", wire, Ending.CUT_OFF);
  }

  private static BrokenRequest host(Dice dice, Message message) {
    message.remove("Host");
    switch (dice.below(4)) {
      case 0 -> {}
      case 1 -> {
        message.add("Host", "localhost");
        message.add(dice.pick("Host", "HOST"), dice.pick("localhost", "other", ""));
      }
      case 2 -> message.add("Host", dice.pick("", " ", "a\u0000b", "a b", "@", "a@b", "#", "?"));
      default -> message.add("host\t", "localhost");
    }
    String wire = message.head() + message.framedBody();
    return BrokenRequest.framed("Host", wire, ending(dice));
  }

  private static BrokenRequest target(Dice dice, Message message) {
    String path = message.target;
    message.target =
        dice.pick(
            "http://localhost" + path,
            "HTTP://LOCALHOST" + path,
            "http://other:1" + path,
            "https://localhost" + path,
            "ftp://localhost" + path,
            "http://user:secret@localhost" + path,
            "http://" + path,
            "http:" + path,
            "http://[::1" + path,
            "http://[::1]" + path,
            "http://localhost:99999" + path,
            "http://localhost:x" + path,
            "http://h\u00f6st" + path,
            "http://localhost",
            "http://localhost?a=b",
            "http://",
            "http:",
            "urn:isbn:1",
            "file:///etc/passwd",
            "localhost:80",
            "localhost",
            ":80",
            "[::1]:80",
            "*",
            "**",
            "*" + path,
            "?limit=1",
            "#",
            "//localhost" + path,
            "///" + path,
            path.substring(1));
    if (dice.oneIn(3)) {
      message.method = dice.pick("OPTIONS", "CONNECT", "TRACE", "GET", "POST");
    }
    String wire = message.head() + message.framedBody();
    return BrokenRequest.framed("target of another form", wire, ending(dice));
  }

  private static BrokenRequest expectation(Dice dice, Message message) {
    String odd =
        dice.pick("200-ok", "100-continue, x", "100-Continue", "", "x=\"", "100", "\u00e9");
    if (dice.oneIn(2)) {
      message.add("Expect", odd);
      return BrokenRequest.framed("Expect", message.head() + message.framedBody(), Ending.CUT_OFF);
    }
    message.add("Expect", "100-continue");
    if (dice.oneIn(4)) {
      message.body = message.body + " ".repeat(70_000);
    }
    boolean waits = dice.oneIn(2) && !message.framedBody().isEmpty();
    String kind = waits ? "Expect, body held back" : "Expect, body sent at once";
    return new BrokenRequest(
        kind,
        message.head() + (waits ? "" : message.framedBody()),
        waits ? message.framedBody() : "",
        false,
        true,
        waits ? Ending.ANSWERED : Ending.CUT_OFF);
  }

  private static Ending ending(Dice dice) {
    return dice.oneIn(2) ? Ending.ANSWERED : Ending.CUT_OFF;
  }

  private static String dollarFree(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }
}
