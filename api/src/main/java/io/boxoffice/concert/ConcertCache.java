package io.boxoffice.concert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.boxoffice.platform.http.TaggedBytes;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Keeps what readers ask for, ready to send, for at most a second: a thousand readers of one
 * concert cost one query, and those who come while it runs wait for it.
 */
public final class ConcertCache {
  private static final int MAX_ENTRIES = 10_000;

  private final ConcertService concerts;
  private final ObjectMapper json;
  private final Cache<Object, TaggedBytes> answers;

  private record PageKey(UUID after, Boolean onSale, int limit) {}

  /** Reads from the given service; {@code maxAge} 0 keeps nothing. */
  public ConcertCache(ConcertService concerts, ObjectMapper json, Duration maxAge) {
    this.concerts = concerts;
    this.json = json;
    this.answers = Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(maxAge).build();
  }

  /** One concert; see {@link ConcertService#get}. */
  TaggedBytes get(UUID id) {
    return answer(id, () -> concerts.get(id));
  }

  /** A page of concerts; see {@link ConcertService#list}. */
  TaggedBytes list(UUID after, Boolean onSale, int limit) {
    return answer(new PageKey(after, onSale, limit), () -> concerts.list(after, onSale, limit));
  }

  /** Forgets everything, so that an operator sees the change that was just made. */
  void clear() {
    answers.invalidateAll();
  }

  /** Ready to send, and not kept. */
  TaggedBytes represent(Object entity) {
    try {
      return new TaggedBytes(json.writeValueAsBytes(entity), MediaType.APPLICATION_JSON);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private TaggedBytes answer(Object key, Supplier<Object> read) {
    return answers.get(key, missing -> represent(read.get()));
  }
}
