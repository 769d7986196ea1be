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
 * Caches responses to requests that read concerts, so that a thousand clients that read one concert
 * cost one query. It keeps each response, ready to send, for at most 1 s. Requests that arrive
 * while the query runs wait for its result.
 */
public final class ConcertCache {
  private static final int MAX_ENTRIES = 10_000;

  private final ConcertService concerts;
  private final ObjectMapper json;
  private final Cache<Object, TaggedBytes> responses;

  private record PageKey(UUID after, Boolean onSale, int limit) {}

  /** Reads from the given service. A {@code maxAge} of 0 caches nothing. */
  public ConcertCache(ConcertService concerts, ObjectMapper json, Duration maxAge) {
    this.concerts = concerts;
    this.json = json;
    this.responses =
        Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(maxAge).build();
  }

  /** Reads one concert; see {@link ConcertService#get}. */
  TaggedBytes get(UUID id) {
    return response(id, () -> concerts.get(id));
  }

  /** Reads a page of concerts; see {@link ConcertService#list}. */
  TaggedBytes list(UUID after, Boolean onSale, int limit) {
    return response(new PageKey(after, onSale, limit), () -> concerts.list(after, onSale, limit));
  }

  /** Removes all responses, so that an operator sees a change at once. */
  void clear() {
    responses.invalidateAll();
  }

  /** Returns an entity as bytes that are ready to send, without caching them. */
  TaggedBytes represent(Object entity) {
    try {
      return new TaggedBytes(json.writeValueAsBytes(entity), MediaType.APPLICATION_JSON);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private TaggedBytes response(Object key, Supplier<Object> read) {
    return responses.get(key, missing -> represent(read.get()));
  }
}
