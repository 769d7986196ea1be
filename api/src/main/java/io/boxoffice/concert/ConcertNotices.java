package io.boxoffice.concert;

import io.boxoffice.platform.redis.Redis;
import io.boxoffice.platform.redis.Script;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells all replicas by Redis which concerts have changed, so that their readers see it before the
 * copies expire. Purchases of one concert cause one notice each {@link #PAUSE} at most, and wait
 * for none. Notices may get lost: copies expire without them.
 */
final class ConcertNotices {
  /** Between two notices about the purchases of a concert. */
  static final Duration PAUSE = Duration.ofMillis(100);

  /** Further concerts get no notice in the same pause. */
  private static final int MOST_CONCERTS = 1_000;

  private static final String CHANNEL = "boxoffice:concerts";
  private static final Pattern MESSAGE = Pattern.compile("(sold|changed) ([0-9a-f-]{36})");

  /**
   * Removes the copy. After an operator's change, an empty copy stays as long as a real one could:
   * it keeps a replica from storing what it read before the change.
   */
  private static final Script NOTICE =
      Script.of(
          "notice",
          """
          if ARGV[3] ~= '0' then
            redis.call('SET', KEYS[1], '', 'PX', ARGV[3])
          elseif redis.call('STRLEN', KEYS[1]) > 0 then
            redis.call('DEL', KEYS[1])
          end
          redis.call('PUBLISH', ARGV[1], ARGV[2])
          return {}
          """);

  private final Redis redis;
  private final Duration maxAge;
  private final Set<UUID> sold = ConcurrentHashMap.newKeySet();
  private final Set<String> received = ConcurrentHashMap.newKeySet();

  /** Sends and receives notices about copies that are at most so old. */
  ConcertNotices(Redis redis, Duration maxAge) {
    this.redis = redis;
    this.maxAge = maxAge;
    redis.subscribe(CHANNEL, message -> addTo(received, message));
  }

  /** Remembers a concert whose tickets were sold or returned. It is called on every purchase. */
  void sold(UUID concertId) {
    addTo(sold, concertId);
  }

  /** Sends a notice about an operator's change, and waits for Redis, because operators see it. */
  void changed(UUID concertId) {
    redis.run(
        NOTICE,
        SharedCopies.key(concertId),
        CHANNEL,
        "changed " + concertId,
        Long.toString(maxAge.toMillis()));
  }

  /** Sends what is remembered, and lets the cache forget what was received; once each pause. */
  void exchange(ConcertCache cache) {
    for (Iterator<UUID> each = sold.iterator(); each.hasNext(); ) {
      UUID concertId = each.next();
      each.remove();
      redis.send(NOTICE, SharedCopies.key(concertId), CHANNEL, "sold " + concertId, "0");
    }
    for (Iterator<String> each = received.iterator(); each.hasNext(); ) {
      Matcher message = MESSAGE.matcher(each.next());
      each.remove();
      if (message.matches() && message.group(1).equals("sold")) {
        cache.forget(UUID.fromString(message.group(2)));
      } else {
        cache.clear();
      }
    }
  }

  private static <T> void addTo(Set<T> some, T one) {
    if (some.size() < MOST_CONCERTS) {
      some.add(one);
    }
  }
}
