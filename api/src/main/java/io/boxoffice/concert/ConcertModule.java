package io.boxoffice.concert;

import com.fasterxml.uuid.Generators;
import io.boxoffice.platform.Foundation;
import java.time.Duration;

/** Builds the parts of this feature from its settings: concerts and their ticket types. */
public final class ConcertModule {
  private ConcertModule() {}

  /**
   * Registers the resource, and inserts sample concerts on request.
   *
   * @param cacheMaxAge how old a cached response may be; zero caches nothing
   * @param samples whether to insert three sample concerts into an empty database
   * @return the service, for other features
   */
  public static ConcertService install(
      Foundation foundation, Duration cacheMaxAge, boolean samples) {
    // These ids increase, so a list in the order of ids shows concerts in the order of creation.
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
