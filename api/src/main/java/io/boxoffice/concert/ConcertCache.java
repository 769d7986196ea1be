package io.boxoffice.concert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.boxoffice.platform.database.read.ReadResult;
import io.boxoffice.platform.http.TaggedBytes;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Caches responses to requests that read concerts, so that a thousand clients that read one concert
 * cost one query. It keeps each response, ready to send, for at most 1 s. Requests that arrive
 * while the query runs wait for its result.
 */
public final class ConcertCache {
  private static final int MAX_ENTRIES = 10_000;

  private final ConcertService concerts;
  private final ConcertList list;
  private final ObjectMapper json;
  private final Duration maxAge;
  private final Copies copies;
  private final Consumer<UUID> announce;
  private final Cache<Object, Kept> responses;

  /** When the responses were removed, as nanoTime. Lists must show what changed before. */
  private volatile long cleared = System.nanoTime();

  private record PageKey(UUID after, Boolean onSale, int limit) {}

  private record Kept(ReadResult<TaggedBytes> response, Duration lifetime) {}

  /**
   * The body of a response about one concert.
   *
   * @param lifetime how long it may be sent, from the beginning of the read
   */
  record Copy(String json, Duration lifetime) {}

  /** Reads the body of a concert where it costs least. */
  @FunctionalInterface
  interface Copies {
    /**
     * Reads a concert's body.
     *
     * @param database reads it from the database
     */
    Copy read(UUID concertId, Supplier<String> database);
  }

  /**
   * Reads from the given service and list.
   *
   * @param maxAge 0 caches nothing
   * @param copies may have the body of a concert already
   * @param announce receives each concert that an operator changed
   */
  ConcertCache(
      ConcertService concerts,
      ConcertList list,
      ObjectMapper json,
      Duration maxAge,
      Copies copies,
      Consumer<UUID> announce) {
    this.concerts = concerts;
    this.list = list;
    this.json = json;
    this.maxAge = maxAge;
    this.copies = copies;
    this.announce = announce;
    this.responses =
        Caffeine.newBuilder()
            .maximumSize(MAX_ENTRIES)
            .expireAfter(Expiry.<Object, Kept>creating((key, kept) -> kept.lifetime()))
            .build();
  }

  /** Reads one concert; see {@link ConcertService#get}. */
  TaggedBytes get(UUID id) {
    return response(
            id,
            () -> {
              Copy copy = copies.read(id, () -> text(concerts.get(id)));
              return new Kept(ReadResult.ofPrimary(tagged(copy.json())), copy.lifetime());
            })
        .value();
  }

  /** Reads a page of concerts; see {@link ConcertList#page}. */
  ReadResult<TaggedBytes> list(UUID after, Boolean onSale, int limit) {
    return response(
        new PageKey(after, onSale, limit),
        () -> new Kept(list.page(after, onSale, limit, cleared).map(this::represent), maxAge));
  }

  /** Removes all responses, so that an operator sees a change of a concert at once. */
  void changed(UUID id) {
    clear();
    announce.accept(id);
  }

  /** Removes all responses. */
  void clear() {
    cleared = System.nanoTime();
    responses.invalidateAll();
  }

  /** Removes the response about one concert. */
  void forget(UUID id) {
    responses.invalidate(id);
  }

  /** Returns an entity as bytes that are ready to send, without caching them. */
  TaggedBytes represent(Object entity) {
    return tagged(text(entity));
  }

  private static TaggedBytes tagged(String text) {
    return new TaggedBytes(text.getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON);
  }

  private String text(Object entity) {
    try {
      return json.writeValueAsString(entity);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private ReadResult<TaggedBytes> response(Object key, Supplier<Kept> read) {
    return responses.get(key, missing -> kept(read)).response();
  }

  /** A response is as old as the beginning of its read, which a failover can make long. */
  private static Kept kept(Supplier<Kept> read) {
    long begin = System.nanoTime();
    Kept kept = read.get();
    Duration left = kept.lifetime().minusNanos(System.nanoTime() - begin);
    return new Kept(kept.response(), left.isNegative() ? Duration.ZERO : left);
  }
}
