package io.boxoffice.process.broken;

import java.util.List;

/** Breaks a header field that the service or the server reads. */
final class OddHeaders {
  private static final List<String> NAMES =
      List.of(
          "Idempotency-Key",
          "If-Match",
          "If-None-Match",
          "If-Modified-Since",
          "If-Unmodified-Since",
          "If-Range",
          "Range",
          "Simulation-Profile",
          "Authorization",
          "From",
          "Accept",
          "Accept-Encoding",
          "Accept-Charset",
          "Accept-Language",
          "Content-Type",
          "Content-Encoding",
          "Content-Language",
          "Content-Disposition",
          "Content-MD5",
          "Host",
          "Origin",
          "Cookie",
          "X-Request-Id",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "X-HTTP-Method-Override",
          "Forwarded",
          "Connection",
          "Keep-Alive",
          "TE",
          "Trailer",
          "Date",
          "Prefer",
          "Referer",
          "User-Agent",
          "Cache-Control",
          "Max-Forwards",
          "Via");

  /** Adds one to three invalid or unusual fields and returns their kinds. */
  String breakUp(Dice dice, Message message) {
    StringBuilder names = new StringBuilder("header");
    for (int i = dice.oneIn(4) ? 1 + dice.below(3) : 1; i > 0; i--) {
      String name = dice.pick(NAMES);
      String value = dice.oneIn(3) ? common(dice) : own(dice, name);
      if (dice.oneIn(6)) {
        message.add(name, value);
        message.add(name, dice.oneIn(2) ? value : common(dice));
      } else {
        message.set(name, value);
      }
      names.append(' ').append(name);
    }
    return names.toString();
  }

  /** Returns values that are unusual in any field. */
  String common(Dice dice) {
    return switch (dice.below(9)) {
      case 0 -> dice.pick("", " ", "\t", "\"\"", "\"", "'", "\\", "\"\\", "\"\\\"");
      case 1 -> dice.pick("word", "\"half", "half\"", "\"a\", \"b", "\"a\"b\"", "\"a\\\"b\"");
      case 2 -> dice.pick(",", ",,,,,,", ";", ";;;;", ";,;,", "=", "a=", "=a", "a=\"", "a;b;c");
      case 3 -> dice.pick("a;q=7", "*;q=-1", "*/*;q=1.0001", "a/b;q=", "a;q=x", "a;q=NaN");
      case 4 ->
          dice.pick("\u00e9", "\u00c3\u00a9", "\u00ff\u00fe", "\u00c0\u0080", "\u00a0", "\u0085");
      case 5 -> "a" + dice.pick("\u0001", "\u0007", "\u001b", "\u007f", "\t", "\u0000") + "b";
      case 6 -> dice.pick("x", "a,", "\"x\",", "\u00e9", "(").repeat(dice.pick(50, 1000));
      case 7 -> "x".repeat(dice.pick(255, 256, 4000, 7900, 8192, 9000, 20_000));
      default -> dice.pick("*", "**", "-1", "0", "null", "${jndi:x}", "%00", "%", "{}", "[", "/");
    };
  }

  private String own(Dice dice, String name) {
    return switch (name) {
      case "Accept" ->
          dice.pick(
              "*",
              "*/",
              "/",
              "a/b/c",
              "application/*",
              "*/json",
              "text/html",
              "application/json;q=0",
              "application/json;charset",
              "application/json;charset=nope",
              "application/json;v=\"",
              "application/openmetrics-text; version=1.0.0",
              "text/plain; version=9",
              "application/problem+json",
              "*/*;q=0",
              "application/json;q=0.5;q=0.7",
              "a/b;q=0,".repeat(300));
      case "Accept-Encoding" ->
          dice.pick(
              "gzip",
              "gzip;q=0",
              "gzip;q=2",
              "gzip;q=",
              "*;q=0",
              "identity;q=0",
              "br",
              "gzip, ",
              "gzip;gzip",
              "gzip;q=0.0001",
              "GZIP");
      case "Accept-Charset" ->
          dice.pick("nope", "utf-16", "utf-8;q=0", "*;q=0", "utf-7", "utf-8;", "\"utf-8\"");
      case "Accept-Language", "Content-Language" ->
          dice.pick(
              "xx-yy-zz", "-", "de_DE", "de-", "i-default-" + "a".repeat(100), "*-CH", "de;q=3");
      case "Authorization" ->
          dice.pick(
              "Bearer", "Bearer ", "Bearer a b", "Basic", "Basic !!!", "Digest x=", "bearer\tx");
      case "Range", "If-Range" ->
          dice.pick(
              "bytes=",
              "bytes=-",
              "bytes=9-1",
              "bytes=0-0",
              "bytes=0-0,0-0,".repeat(30),
              "bytes=99999999999999999999-",
              "bytes=--1",
              "items=0-5",
              "bytes 0-5",
              "Thu, 31 Feb 2026 00:00:00 GMT");
      case "If-Modified-Since", "If-Unmodified-Since", "Date" ->
          dice.pick(
              "Thu, 31 Feb 2026 00:00:00 GMT",
              "0",
              "-1",
              "99999999999999999999",
              "Thu, 01 Jan 1970 00:00:00 GMT",
              "Fri, 31 Dec 99999 23:59:59 GMT",
              "2026-01-01T00:00:00Z",
              "Thu Jan  1 00:00:00 1970",
              "Thursday, 01-Jan-70 00:00:00 GMT");
      case "Host" ->
          dice.pick(
              "a b",
              "user@localhost",
              "[::1",
              "[zz]",
              "localhost:99999",
              "localhost:-1",
              "localhost:",
              "localhost:x",
              ":80",
              "localhost/path",
              "h\u00f6st",
              "%00",
              "%41",
              "a".repeat(300),
              "localhost, localhost",
              "1.2.3.4.5",
              "..",
              "a_b",
              "-");
      case "Origin", "Referer" ->
          dice.pick("null", "http://", "://", "http://[::1", "http://h\u00f6st", "http://a b/");
      case "Cookie" ->
          dice.pick("a=b; a=c", "$Version=1; a=b", "=;=", "a=\"b", "a=b\u0001", ";", "a=b,c=d");
      case "X-Forwarded-For", "Forwarded" ->
          dice.pick(
              "for=\"", "for=[::1", "for=_x;by=\"", "1.2.3.4:99999", "[::1", "unknown", "a,b,,c");
      case "Connection" ->
          dice.pick(
              "close", "keep-alive", "close, keep-alive", "TE", "Host", "upgrade", "cl\u00f6se");
      case "TE", "Trailer" -> dice.pick("trailers", "gzip", "chunked", "trailers;q=0", "Host", "*");
      case "Simulation-Profile" -> dice.pick("off", "OFF", "none", "off, off", "\"off\"");
      case "Max-Forwards" -> dice.pick("0", "-1", "99999999999999999999", "x");
      case "X-Request-Id" -> dice.pick("a.b", "a b", "\u00e9", "<script>", "a".repeat(129));
      default -> common(dice);
    };
  }
}
