package io.boxoffice.process.broken;

import io.boxoffice.process.broken.BrokenRequest.Ending;

/** Breaks the framing of a request: its chunks, its length or the fields that declare them. */
final class OddFramings {
  private final OddHeads heads = new OddHeads();
  private final OddProtocols protocols = new OddProtocols();

  /** Returns a request that must be the last one on its connection. */
  BrokenRequest breakUp(Dice dice, Message message) {
    return switch (dice.below(8)) {
      case 0, 1 -> chunks(dice, message);
      case 2 -> length(dice, message);
      case 3 -> codings(dice, message);
      case 4, 5 -> heads.breakUp(dice, message);
      case 6 -> protocols.breakUp(dice, message);
      default -> cut(dice, message);
    };
  }

  private static BrokenRequest chunks(Dice dice, Message message) {
    message.framing = Message.Framing.CHUNKED;
    String head = message.head();
    String body = message.body;
    String size = Integer.toHexString(body.length());
    String last = "0\r\n\r\n";
    String kind = "chunk size that is wrong";
    String framed;
    switch (dice.below(9)) {
      case 0 -> {
        String wrong =
            dice.pick("zz", "-1", "", " " + size, size + " ", "0x" + size, "f".repeat(16));
        framed = wrong + "\r\n" + body + "\r\n" + last;
      }
      case 1 -> framed = "f".repeat(dice.pick(8, 9, 17, 5000)) + "\r\n" + body + "\r\n" + last;
      case 2 -> {
        kind = "chunk without its CRLF";
        framed = size + dice.pick("\r\n", "\n", "\r", "") + body + dice.pick("\n", "\r", "") + last;
      }
      case 3 -> {
        kind = "chunk longer or shorter than its size";
        int wrong = Math.max(1, body.length() + dice.pick(-5, -1, 1, 5, 5000));
        framed = Integer.toHexString(wrong) + "\r\n" + body + "\r\n" + last;
      }
      case 4 -> {
        kind = "chunk extension";
        String extension =
            dice.pick(
                ";a", ";a=b", ";a=\"b", ";;;", "; a = b", ";a=" + "b".repeat(9000), ";\u0000");
        framed = size + extension + "\r\n" + body + "\r\n" + last;
      }
      case 5 -> {
        kind = "trailer";
        String trailer =
            dice.pick(
                "A: b",
                "Content-Length: 5",
                "Transfer-Encoding: chunked",
                "Host: other",
                "Authorization: Bearer x",
                "no colon",
                ": no name",
                " folded",
                "A: " + "b".repeat(9000),
                "A: \u0000",
                "Idempotency-Key: \u00e9");
        framed = size + "\r\n" + body + "\r\n0\r\n" + trailer + "\r\n\r\n";
      }
      case 6 -> {
        kind = "chunks without a last one";
        framed = size + "\r\n" + body + dice.pick("\r\n", "\r\n0\r\n", "\r\n0", "");
      }
      case 7 -> {
        kind = "chunks with more behind the last one";
        framed = size + "\r\n" + body + "\r\n" + last + dice.pick("x", "\r\n\r\n", dice.bytes(40));
      }
      default -> {
        kind = "chunks damaged";
        framed = dice.mutated(message.framedBody());
      }
    }
    return BrokenRequest.framed(kind, head + framed, ending(dice));
  }

  private static BrokenRequest length(Dice dice, Message message) {
    int right = message.body.length();
    String length =
        switch (dice.below(5)) {
          case 0 -> right + "\r\nContent-Length: " + dice.pick(right, right + 1, 0);
          case 1 ->
              dice.pick(
                  right + ", " + right,
                  right + "," + (right + 1),
                  "+" + right,
                  "-" + right,
                  "-1",
                  "0x" + Integer.toHexString(right),
                  right + "e0",
                  right + ".0",
                  "\"" + right + "\"",
                  right + " x",
                  "00000" + right,
                  "",
                  "x",
                  "\u00b2");
          case 2 ->
              dice.pick("9".repeat(18), "9".repeat(20), "9".repeat(400), "2147483648", "65537");
          case 3 -> "" + (right + dice.pick(1, 10, 3000));
          default -> "" + Math.max(0, right - dice.pick(1, 5, 30));
        };
    String wire = message.openHead() + "Content-Length: " + length + "\r\n\r\n" + message.body;
    return BrokenRequest.framed("Content-Length that is wrong", wire, ending(dice));
  }

  private static BrokenRequest codings(Dice dice, Message message) {
    message.framing = Message.Framing.CHUNKED;
    String coding =
        dice.pick(
            "Transfer-Encoding: chunked\r\nContent-Length: 5",
            "Content-Length: 0\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding: identity",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: chunked, gzip",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: chunked;q=1",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding: CHUNKED",
            "Transfer-Encoding:\tchunked",
            "Transfer-Encoding: ,chunked,",
            "Transfer-Encoding:",
            "Transfer-Encoding: ch\u00fcnked",
            "Transfer-Encoding : chunked",
            "Transfer_Encoding: chunked",
            "Transfer-Encoding: chunked\u0001");
    message.version = dice.oneIn(5) ? "HTTP/1.0" : message.version;
    String wire = message.openHead() + coding + "\r\n\r\n" + message.framedBody();
    return BrokenRequest.framed("Transfer-Encoding", wire, Ending.CUT_OFF);
  }

  private static BrokenRequest cut(Dice dice, Message message) {
    String whole = message.head() + message.framedBody();
    return dice.oneIn(2)
        ? BrokenRequest.framed("request cut off", dice.cut(whole), Ending.CUT_OFF)
        : BrokenRequest.framed("request damaged", dice.mutated(whole), Ending.CUT_OFF);
  }

  /**
   * Few clients keep their side open, because each waits for the server's time limit for bodies.
   */
  private static Ending ending(Dice dice) {
    return dice.oneIn(4) ? Ending.HUNG_UP : Ending.CUT_OFF;
  }
}
