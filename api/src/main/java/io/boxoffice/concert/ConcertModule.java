package io.boxoffice.concert;

import com.fasterxml.uuid.Generators;
import io.boxoffice.concert.partner.ConcertPartners;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.partner.Communication;
import io.boxoffice.partner.FollowUp;
import io.boxoffice.partner.PartnerModule;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.redis.Redis;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Builds the parts of this feature from its settings: concerts and their ticket types.
 *
 * @param service the service, for other features
 * @param list reads pages of concerts, for other features
 * @param stockChanged receives each concert after its tickets were sold or returned; it returns at
 *     once
 * @param changed receives each concert that an operator changed by another feature, so that readers
 *     see it at once
 */
public record ConcertModule(
    ConcertService service, ConcertList list, Consumer<UUID> stockChanged, Consumer<UUID> changed) {

  private static final Duration COPIES_LIMIT = Duration.ofSeconds(10);
  private static final int COPIES_BATCH = 20;

  /**
   * Registers the resource, and inserts sample concerts on request.
   *
   * @param outbox publishes each change of a concert
   * @param partners hears of each change
   * @param redis shares responses between replicas, if there is one
   * @param cacheMaxAge how old a cached response may be; zero caches nothing
   * @param samples whether to insert three sample concerts into an empty database
   */
  public static ConcertModule install(
      Foundation foundation,
      Outbox outbox,
      PartnerModule partners,
      Optional<Redis> redis,
      Duration cacheMaxAge,
      boolean samples) {
    // These ids increase, so a list in the order of ids shows concerts in the order of creation.
    ConcertService concerts =
        new ConcertService(
            foundation.jdbi(),
            foundation.clock(),
            Generators.timeBasedEpochGenerator(foundation.random()),
            outbox);
    ConcertList list = new ConcertList(foundation.jdbi(), foundation.reads(), foundation.clock());
    ConcertModule module =
        redis
            .filter(there -> !cacheMaxAge.isZero())
            .map(there -> installShared(foundation, partners, concerts, list, there, cacheMaxAge))
            .orElseGet(() -> installAlone(foundation, partners, concerts, list, cacheMaxAge));
    ConcertPartners.follow(partners);
    if (samples) {
      new SampleConcerts(foundation.jdbi(), concerts, partners.followUps(), foundation.clock())
          .createWhereEmpty();
    }
    return module;
  }

  private static ConcertModule installAlone(
      Foundation foundation,
      PartnerModule partners,
      ConcertService concerts,
      ConcertList list,
      Duration maxAge) {
    Consumer<UUID> none = concertId -> {};
    ConcertCache cache =
        new ConcertCache(
            concerts,
            list,
            foundation.environment().getObjectMapper(),
            maxAge,
            (concertId, database) -> new ConcertCache.Copy(database.get(), maxAge),
            none);
    register(foundation, partners, concerts, cache);
    return new ConcertModule(concerts, list, none, cache::changed);
  }

  private static ConcertModule installShared(
      Foundation foundation,
      PartnerModule partners,
      ConcertService concerts,
      ConcertList list,
      Redis redis,
      Duration maxAge) {
    ConcertNotices notices = new ConcertNotices(redis, maxAge);
    ConcertCache cache =
        new ConcertCache(
            concerts,
            list,
            foundation.environment().getObjectMapper(),
            maxAge,
            new SharedCopies(redis, maxAge),
            notices::changed);
    register(foundation, partners, concerts, cache);
    if (partners.followUps().way() == Communication.EVENTS) {
      partners.followUps().add(forgetCopies(cache));
    }
    foundation
        .environment()
        .lifecycle()
        .manage(
            new RepeatedTask(
                "concert-notices", ConcertNotices.PAUSE, () -> notices.exchange(cache)));
    return new ConcertModule(concerts, list, notices::sold, cache::changed);
  }

  /**
   * Repeats the notice of a change, because the replica that made the change may have ended between
   * its commit and its notice. Without Redis there is no copy that other replicas can forget.
   */
  private static FollowUp forgetCopies(ConcertCache cache) {
    return new FollowUp(
        "concert-copies",
        Set.of(EventType.CONCERT_CHANGED),
        true,
        COPIES_LIMIT,
        COPIES_BATCH,
        1,
        FollowUp.Call.each(
            event -> {
              cache.changed(event.subject());
              return CompletableFuture.completedFuture(null);
            }));
  }

  private static void register(
      Foundation foundation, PartnerModule partners, ConcertService concerts, ConcertCache cache) {
    foundation
        .environment()
        .jersey()
        .register(new ConcertResource(concerts, cache, partners.followUps()));
  }
}
