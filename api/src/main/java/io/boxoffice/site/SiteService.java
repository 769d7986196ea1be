package io.boxoffice.site;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves homes between the two sites: one by one while both live, and all when one is lost. */
final class SiteService {
  /** Between two looks at commits that wait and at conflicts; also the pace of the heartbeat. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(SiteService.class);

  /** Longer than any session of the service waits for an answer of the database. */
  private static final Duration LONGEST_COMMIT = Duration.ofSeconds(15);

  /** The process that applies changes ends within milliseconds, unless it waits for a lock. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration STEP = Duration.ofMillis(50);
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Jdbi jdbi;
  private final SiteSettings settings;
  private final HomeMetrics metrics;

  SiteService(Jdbi jdbi, SiteSettings settings, HomeMetrics metrics) {
    this.jdbi = jdbi;
    this.settings = settings;
    this.metrics = metrics;
  }

  /**
   * Takes the homes of the other site over. It stops to receive that site's changes first: the
   * commits of sales there wait for this, so nothing is confirmed there any more. Further calls
   * move what is left.
   *
   * @param lost the name of the other site
   * @param reason null for none
   * @throws ProblemException 404 when there is no such other site; 503 when its changes are still
   *     being applied
   */
  TakeOver takeOver(String lost, String reason) {
    requirePeer(lost);
    LOG.warn("Taking the homes of the site {} over: {}", lost, reason);
    jdbi.useExtension(SiteDao.class, SiteDao::stopListening);
    endListener();
    long moved = moveAll(reason);
    jdbi.useExtension(SiteDao.class, SiteDao::notePosition);
    metrics.moved(moved);
    follow();
    LOG.warn("{} homes moved from the site {} to this one", moved, lost);
    return new TakeOver(
        lost, moved, jdbi.withExtension(SiteDao.class, SiteDao::lostAt).orElseThrow());
  }

  /** In transactions of some hundred homes, so that none exceeds the time of a statement. */
  private long moveAll(String reason) {
    long all = 0;
    long moved;
    do {
      moved = jdbi.inTransaction(handle -> handle.attach(SiteDao.class).takeOver(reason));
      all += moved;
    } while (moved > 0);
    return all;
  }

  private void endListener() {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (jdbi.withExtension(SiteDao.class, SiteDao::endListener) > 0) {
      if (System.nanoTime() - end > 0) {
        throw ProblemException.retryable(
            ProblemCode.UNAVAILABLE,
            "Changes of that site are still being applied; no home has moved.",
            RETRY_AFTER_SECONDS);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  /**
   * Receives the changes of a site again that was taken over. What it committed meanwhile and never
   * confirmed becomes a conflict.
   *
   * @param returned the name of the other site
   * @throws ProblemException 404 when there is no such other site; 503 until it has confirmed the
   *     new homes
   */
  void rejoin(String returned) {
    requirePeer(returned);
    if (!jdbi.inTransaction(handle -> handle.attach(SiteDao.class).listenAgain())) {
      throw ProblemException.retryable(
          ProblemCode.UNAVAILABLE,
          "That site has not confirmed the new homes yet.",
          RETRY_AFTER_SECONDS);
    }
    LOG.warn("The site {} is heard again", returned);
  }

  /**
   * Moves the home of a concert while both sites live.
   *
   * @param reason null for none
   * @throws ProblemException 404 when there is no such concert; 422 when there is no such site; 503
   *     when this site is not the home
   */
  Home move(UUID concertId, String toSite, String reason) {
    Optional<String> home = jdbi.withExtension(SiteDao.class, dao -> dao.home(concertId));
    if (!settings.isSet() || !Set.of(settings.name(), settings.peer()).contains(toSite)) {
      throw ProblemException.invalid("site", "must be the name of a site");
    }
    if (home.isEmpty()) {
      throw ProblemException.of(ProblemCode.NOT_FOUND, "There is no concert with this id.");
    }
    boolean moves = !home.get().equals(toSite);
    if (moves && !home.get().equals(settings.name())) {
      throw ProblemException.retryable(
          ProblemCode.HOME_UNKNOWN, "Only the home of a concert can move it; nothing was done.", 1);
    }
    long epoch =
        jdbi.inTransaction(
            handle -> handle.attach(SiteDao.class).moveHome(concertId, toSite, reason));
    if (moves) {
      metrics.moved(1);
      LOG.info("The home of the concert {} moved to the site {}", concertId, toSite);
    }
    return new Home(concertId, toSite, epoch);
  }

  /**
   * Does what must be repeated: shows that this site lives, ends commits that wait in vain, and
   * announces conflicts.
   */
  void follow() {
    jdbi.useExtension(
        SiteDao.class,
        dao -> {
          dao.beat();
          dao.notePosition();
          dao.releaseWaits((int) LONGEST_COMMIT.toSeconds());
        });
    jdbi.useTransaction(handle -> handle.attach(SiteDao.class).announceConflicts());
  }

  private void requirePeer(String name) {
    if (!settings.isSet() || !name.equals(settings.peer())) {
      throw ProblemException.of(ProblemCode.NOT_FOUND, "There is no other site with this name.");
    }
  }
}
