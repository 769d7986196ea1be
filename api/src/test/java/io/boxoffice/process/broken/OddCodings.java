package io.boxoffice.process.broken;

import java.util.List;
import java.util.stream.Stream;

/** Breaks a body's coding: data that is not gzip, damaged gzip, and unknown codings. */
final class OddCodings {
  private static final int TRAILER = 8;
  private static final int BOMB = 3_000_000;

  /** Created once, because compression takes long. */
  private final List<String> bombs =
      Stream.of(" ", "0", "\u0000", "[").map(text -> Latin.gzip(text.repeat(BOMB))).toList();

  /** Changes the message and returns the kind of the change. */
  String breakUp(Dice dice, Message message) {
    if (dice.oneIn(3)) {
      return otherCoding(dice, message);
    }
    String gzip = Latin.gzip(message.body);
    int trailer = gzip.length() - TRAILER;
    String kind;
    switch (dice.below(13)) {
      case 0 -> kind = "that is plain text";
      case 1 -> {
        kind = "of a wrong checksum";
        gzip = flipped(gzip, trailer + dice.below(4));
      }
      case 2 -> {
        kind = "of a wrong length";
        gzip = flipped(gzip, trailer + 4 + dice.below(4));
      }
      case 3 -> {
        kind = "cut off";
        gzip = dice.cut(gzip);
      }
      case 4 -> {
        kind = "without its trailer";
        gzip = gzip.substring(0, trailer + dice.below(TRAILER));
      }
      case 5 -> {
        kind = "with more behind it";
        gzip = gzip + dice.pick("\u0000", "x", "\u001f", "\u001f\u008b", dice.bytes(50));
      }
      case 6 -> {
        kind = "that is a bomb";
        gzip = dice.pick(bombs);
      }
      case 7 -> {
        kind = "of several members";
        int half = message.body.length() / 2;
        gzip =
            Latin.gzip(message.body.substring(0, half)) + Latin.gzip(message.body.substring(half));
      }
      case 8 -> {
        kind = "of nothing";
        gzip = dice.pick("", Latin.gzip(""), Latin.gzip("") + Latin.gzip(""));
      }
      case 9 -> {
        kind = "with a damaged header";
        gzip = flipped(gzip, dice.below(10));
      }
      case 10 -> {
        kind = "with a long name in its header";
        gzip =
            gzip.substring(0, 3)
                + "\u0008"
                + gzip.substring(4, 10)
                + "n".repeat(5000)
                + dice.pick("\u0000", "")
                + gzip.substring(10);
      }
      case 11 -> {
        kind = "that is damaged";
        gzip = dice.mutated(gzip);
      }
      default -> {
        kind = "in gzip";
        gzip = Latin.gzip(gzip);
      }
    }
    message.body = kind.equals("that is plain text") ? message.body : gzip;
    message.set("Content-Encoding", dice.pick("gzip", "gzip", "gzip", "x-gzip", "GZIP"));
    return "gzip " + kind;
  }

  private static String otherCoding(Dice dice, Message message) {
    String coding =
        dice.pick(
            "br",
            "zstd",
            "deflate",
            "compress",
            "identity",
            "gzip, gzip",
            "gzip,identity",
            "identity, gzip",
            "gzip;q=1",
            "gzip,",
            ",gzip",
            ",",
            "",
            "*",
            "\"gzip\"",
            "gz\u00efp",
            "aws-chunked",
            "gzip gzip");
    message.set("Content-Encoding", coding);
    if (dice.oneIn(4)) {
      message.add("Content-Encoding", "gzip");
    }
    if (dice.oneIn(2)) {
      message.body = Latin.gzip(message.body);
    }
    return "Content-Encoding of another name";
  }

  private static String flipped(String text, int at) {
    return text.substring(0, at) + (char) (text.charAt(at) ^ 0x5a) + text.substring(at + 1);
  }
}
