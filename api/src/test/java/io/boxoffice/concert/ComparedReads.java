package io.boxoffice.concert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.uuid.Generators;
import io.boxoffice.platform.database.read.Reads;
import io.boxoffice.platform.redis.Redis;
import io.boxoffice.testing.TestOutbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Gives the benchmark of the stores one read of a concert, by where its copy is. */
public final class ComparedReads {
  private static final Duration LONG = Duration.ofHours(1);

  private ComparedReads() {}

  /** Each reads one concert, which is inserted now. */
  public static Map<String, Runnable> by(Jdbi jdbi, Redis redis) {
    ConcertService concerts =
        new ConcertService(
            jdbi, Clock.systemUTC(), Generators.timeBasedEpochGenerator(), TestOutbox.create());
    UUID id =
        concerts
            .create(
                new NewConcert(
                    "Title",
                    "Artist",
                    "Venue",
                    Instant.now().plus(Duration.ofDays(30)),
                    null,
                    null,
                    null,
                    List.of(new NewConcert.NewTicketType("Seat", new Price(100L, "EUR"), 10))))
            .concert()
            .id();
    ConcertCache.Copies database = (concert, query) -> new ConcertCache.Copy(query.get(), LONG);
    ConcertCache.Copies uncached =
        (concert, query) -> new ConcertCache.Copy(query.get(), Duration.ZERO);
    SharedCopies shared = new SharedCopies(redis, LONG);
    ConcertCache.Copies sharedOnly =
        (concert, query) ->
            new ConcertCache.Copy(shared.read(concert, query).json(), Duration.ZERO);
    Map<String, Runnable> reads = new LinkedHashMap<>();
    put(reads, "PostgreSQL", cache(jdbi, concerts, uncached), id);
    put(reads, "Redis", cache(jdbi, concerts, sharedOnly), id);
    put(reads, "memory", cache(jdbi, concerts, database), id);
    return reads;
  }

  private static ConcertCache cache(
      Jdbi jdbi, ConcertService concerts, ConcertCache.Copies copies) {
    return new ConcertCache(
        concerts,
        new ConcertList(jdbi, Reads.ofPrimary(jdbi), Clock.systemUTC()),
        new ObjectMapper().registerModule(new JavaTimeModule()),
        LONG,
        copies,
        changed -> {});
  }

  private static void put(Map<String, Runnable> reads, String name, ConcertCache cache, UUID id) {
    reads.put(name, () -> cache.get(id));
  }
}
