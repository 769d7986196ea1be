package io.boxoffice.process.broken;

import io.boxoffice.process.broken.BrokenRequest.Ending;

/** Creates requests that use or ask for another protocol than HTTP/1.1. */
final class OddProtocols {
  private static final String SETTINGS_FRAME =
      "\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000";
  private static final String TLS_CLIENT_HELLO =
      "\u0016\u0003\u0001\u0000/\u0001\u0000\u0000+\u0003\u0003"
          + "r".repeat(32)
          + "\u0000\u0000\u0004\u0013\u0001\u0013\u0002\u0001\u0000";

  /** Returns a request that must be the last one on its connection. */
  BrokenRequest breakUp(Dice dice, Message message) {
    return switch (dice.below(4)) {
      case 0 -> upgrade(dice, message);
      case 1 -> keepAlive(dice, message);
      default -> foreign(dice);
    };
  }

  private static BrokenRequest upgrade(Dice dice, Message message) {
    switch (dice.below(4)) {
      case 0 -> {
        message.add("Connection", "Upgrade");
        message.add("Upgrade", "websocket");
        message.add("Sec-WebSocket-Version", "13");
        message.add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
      }
      case 1 -> {
        message.add("Connection", "Upgrade, HTTP2-Settings");
        message.add("Upgrade", "h2c");
        message.add("HTTP2-Settings", dice.pick("AAMAAABkAARAAAAA", "", "!!"));
      }
      case 2 -> message.add("Upgrade", dice.pick("h2c", "TLS/1.0", "", ",", "HTTP/3", "\u00e9"));
      default -> message.add("Connection", "upgrade");
    }
    return BrokenRequest.framed("Upgrade", message.head() + message.framedBody(), Ending.CUT_OFF);
  }

  private static BrokenRequest keepAlive(Dice dice, Message message) {
    message.version = "HTTP/1.0";
    if (dice.oneIn(2)) {
      message.add("Connection", dice.pick("keep-alive", "Keep-Alive, close", "keep-alive, x"));
    }
    if (dice.oneIn(2)) {
      message.remove("Host");
    }
    return BrokenRequest.framed("HTTP/1.0", message.head() + message.framedBody(), Ending.CUT_OFF);
  }

  private static BrokenRequest foreign(Dice dice) {
    String bytes =
        switch (dice.below(4)) {
          case 0 -> dice.bytes(1 + dice.below(dice.pick(20, 2000)));
          case 1 -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + dice.pick("", SETTINGS_FRAME);
          case 2 -> dice.pick(TLS_CLIENT_HELLO, dice.cut(TLS_CLIENT_HELLO));
          default ->
              dice.pick(
                  "",
                  "\r\n",
                  "\r\n\r\n\r\n\r\n",
                  "\n",
                  " ",
                  "\u0000",
                  "SSH-2.0-OpenSSH_9\r\n",
                  "EHLO localhost\r\n",
                  "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                  "\r\n\r\n\u0000\r\nQUIT\n!\u0011\u0000\u000c",
                  "GET\r\n\r\n",
                  "GET /\r\n",
                  "GET / HTTP/1.1\r\n",
                  "GET / HTTP/1.1\r\n\r\n",
                  "*1\r\n$4\r\nPING\r\n",
                  "<policy-file-request/>\u0000");
        };
    return BrokenRequest.framed("another protocol", bytes, Ending.CUT_OFF);
  }
}
