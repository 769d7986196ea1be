package io.boxoffice.lab.balancing;

import io.boxoffice.lab.shop.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a buyer got. Times are microseconds since the begin of the load.
 *
 * @param arrived when the buyer wanted to send the request
 * @param ended when the answer was complete, or the buyer gave up
 * @param error empty after a purchase; otherwise the status, or the kind of failure
 * @param replica the address of the replica that answered; empty if none did
 * @param held whether the simulation delayed it
 */
record Answer(long arrived, long ended, String error, String replica, boolean held) {
  private static final String SIMULATION = "Simulation";
  private static final String CREATED = "201";

  /** Reads the bytes of an answer in HTTP/1.1. */
  static Answer of(long arrived, long ended, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String[] words = text.split(" ", 3);
    String status = words.length == 3 ? words[1] : "no-answer";
    String head = text.split("\r\n\r\n", 2)[0];
    return new Answer(
        arrived,
        ended,
        status.equals(CREATED) ? "" : status,
        header(head, Proxy.SERVED_BY),
        !header(head, SIMULATION).isEmpty());
  }

  /** A request without a complete answer. */
  static Answer failed(long arrived, long ended, String error) {
    return new Answer(arrived, ended, error, "", false);
  }

  private static String header(String head, String name) {
    String begin = name.toLowerCase(Locale.ROOT) + ":";
    String value =
        head.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begin))
            .findFirst()
            .map(line -> line.substring(begin.length()).strip())
            .orElse("");
    // After a repetition, nginx lists every replica that it asked.
    return value.substring(value.lastIndexOf(' ') + 1);
  }
}
