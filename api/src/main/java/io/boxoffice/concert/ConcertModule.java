package io.boxoffice.concert;

import com.fasterxml.uuid.Generators;
import io.boxoffice.platform.Foundation;
import java.time.Duration;

/** Builds concerts and ticket types. */
public final class ConcertModule {
  private ConcertModule() {}

  /**
   * Registers the calls.
   *
   * @param cacheMaxAge how old an answer to a reader may be; zero keeps none
   * @param samples whether an empty database gets three concerts for a first look
   * @return the concerts, for other features
   */
  public static ConcertService install(
      Foundation foundation, Duration cacheMaxAge, boolean samples) {
    // Ids count on, so that concerts list in the order of their making.
    ConcertService concerts =
        new ConcertService(
            foundation.jdbi(),
            foundation.clock(),
            Generators.timeBasedEpochGenerator(foundation.random()));
    ConcertCache cache =
        new ConcertCache(concerts, foundation.environment().getObjectMapper(), cacheMaxAge);
    foundation.environment().jersey().register(new ConcertResource(concerts, cache));
    if (samples) {
      new SampleConcerts(foundation.jdbi(), concerts, foundation.clock()).createWhereEmpty();
    }
    return concerts;
  }
}
