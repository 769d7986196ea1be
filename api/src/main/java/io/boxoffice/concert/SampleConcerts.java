package io.boxoffice.concert;

import io.boxoffice.partner.FollowUps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Creates three sample concerts for a first look: one with many tickets, one with few, and one
 * whose sales open later.
 */
public final class SampleConcerts {
  private final Jdbi jdbi;
  private final ConcertService concerts;
  private final FollowUps followUps;
  private final Clock clock;

  /** Creates the samples through the given service. */
  public SampleConcerts(Jdbi jdbi, ConcertService concerts, FollowUps followUps, Clock clock) {
    this.jdbi = jdbi;
    this.concerts = concerts;
    this.followUps = followUps;
    this.clock = clock;
  }

  /** Creates the samples if the database holds no concert. */
  public void createWhereEmpty() {
    if (!jdbi.withExtension(ConcertDao.class, ConcertDao::isEmpty)) {
      return;
    }
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
    create(
        concert(
            "Autumn Tour",
            "The Reading Lamps",
            "Halle 7",
            today,
            60,
            null,
            type("Standing", 4500, 1_000),
            type("Balcony", 6900, 200)));
    create(
        concert(
            "One Night Only",
            "Ada Quartet",
            "Chamber Hall",
            today,
            30,
            null,
            type("Seat", 3200, 100)));
    create(
        concert(
            "Summer Open Air",
            "Northern Lines",
            "Lake Stage",
            today,
            240,
            today.plus(Duration.ofDays(7)),
            type("Lawn", 5500, 20_000)));
  }

  private void create(NewConcert concert) {
    // Partners that are away lose the samples, or get them later; the start does not depend on it.
    var unused = followUps.after(concerts.create(concert).event());
  }

  private static NewConcert concert(
      String title,
      String artist,
      String venue,
      Instant today,
      int inDays,
      Instant salesOpenAt,
      NewConcert.NewTicketType... types) {
    Instant startsAt = today.plus(Duration.ofDays(inDays)).plus(Duration.ofHours(19));
    return new NewConcert(title, artist, venue, startsAt, salesOpenAt, null, null, List.of(types));
  }

  private static NewConcert.NewTicketType type(String name, long cents, int capacity) {
    return new NewConcert.NewTicketType(name, new Price(cents, "EUR"), capacity);
  }
}
