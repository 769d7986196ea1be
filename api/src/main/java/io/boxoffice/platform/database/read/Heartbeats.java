package io.boxoffice.platform.database.read;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how old a standby's data are. The replica writes its clock into a row on the primary
 * again and again. A standby that has this row has everything that was committed before. This holds
 * on an idle primary, for a standby that is cut off, and when the standby follows another primary;
 * and it compares times of one clock only.
 */
final class Heartbeats {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
  private static final int PER_MAX_AGE = 4;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final UUID replica = UUID.randomUUID();
  private final Duration maxAge;
  private final KeptSession primary;
  private final KeptSession standby;
  private final StandbyState state;
  private boolean deletedOld;

  /** The newest heartbeat that the standby had, and whether there was one. */
  private volatile OptionalLong seen = OptionalLong.empty();

  /**
   * Measures on sessions of its own.
   *
   * @param state receives each measurement
   */
  Heartbeats(Duration maxAge, KeptSession primary, KeptSession standby, StandbyState state) {
    this.maxAge = maxAge;
    this.primary = primary;
    this.standby = standby;
    this.state = state;
  }

  /** The pause between two measurements: a second, or a quarter of the greatest age. */
  static Duration pause(Duration maxAge) {
    Duration quarter = maxAge.dividedBy(PER_MAX_AGE);
    return quarter.compareTo(LONGEST_PAUSE) < 0 ? quarter : LONGEST_PAUSE;
  }

  /**
   * Measures once, and writes a heartbeat for the next time.
   *
   * @throws JdbiException when the primary does not take the heartbeat
   */
  void beat() {
    measure();
    long now = System.nanoTime();
    primary.use(
        dao -> {
          if (!deletedOld) {
            dao.deleteOld();
            deletedOld = true;
          }
          dao.write(replica, now);
          return now;
        });
  }

  private void measure() {
    try {
      Optional<Long> last = standby.use(dao -> dao.last(replica));
      last.ifPresent(nanos -> seen = OptionalLong.of(nanos));
      if (last.isPresent() && isFresh(last.get())) {
        state.fresh();
      } else {
        state.unusable("is too old");
      }
    } catch (JdbiException unreachable) {
      LOG.debug("The age of the read database is not known", unreachable);
      state.unusable("cannot be reached");
    }
  }

  /** Reads the heartbeat that a standby's session has: its data are of this time or newer. */
  Optional<Long> last(HeartbeatDao session) {
    return session.last(replica);
  }

  /** Whether data of this time are new enough. */
  boolean isFresh(long asOf) {
    return System.nanoTime() - asOf <= maxAge.toNanos();
  }

  /** The age of the standby's data in seconds, which grows while it cannot be measured. */
  double ageSeconds() {
    OptionalLong last = seen;
    return last.isEmpty() ? Double.NaN : (System.nanoTime() - last.getAsLong()) / 1e9;
  }

  /** Closes both sessions. */
  void stop() {
    primary.close();
    standby.close();
  }
}
