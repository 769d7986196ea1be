package io.boxoffice.platform.database.read;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.database.SqlState;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from a standby while its data are fresh enough, and from the primary otherwise. Each read
 * checks the age in its own session, because the sessions may belong to several standbys. A read
 * that fails on the standby is repeated once on the primary.
 */
final class StandbyReads implements Reads {
  private static final Logger LOG = LoggerFactory.getLogger(StandbyReads.class);

  private final Jdbi primary;
  private final Jdbi standby;
  private final BooleanSupplier allLent;
  private final Heartbeats heartbeats;
  private final StandbyState state;
  private final MetricRegistry metrics;

  /** Why a read went to the primary. */
  private enum Reason {
    UNUSABLE,
    OLD,
    WRITTEN,
    BUSY,
    FAILED
  }

  /**
   * Reads from the given databases.
   *
   * @param allLent whether all sessions of the standby's pool are lent
   */
  StandbyReads(
      Jdbi primary,
      Jdbi standby,
      BooleanSupplier allLent,
      Heartbeats heartbeats,
      StandbyState state,
      MetricRegistry metrics) {
    this.primary = primary;
    this.standby = standby;
    this.allLent = allLent;
    this.heartbeats = heartbeats;
    this.state = state;
    this.metrics = metrics;
  }

  @Override
  public <D, R> ReadResult<R> readSince(long notBefore, Class<D> dao, Function<D, R> query) {
    Optional<ReadResult<R>> found =
        state.isUsable() ? fromStandby(notBefore, dao, query) : instead(Reason.UNUSABLE);
    return found.orElseGet(() -> ReadResult.ofPrimary(primary.withExtension(dao, query::apply)));
  }

  private <D, R> Optional<ReadResult<R>> fromStandby(
      long notBefore, Class<D> dao, Function<D, R> query) {
    try {
      return standby.withHandle(handle -> read(handle, notBefore, dao, query));
    } catch (JdbiException failure) {
      LOG.debug("A read failed on the read database", failure);
      return instead(reason(failure));
    }
  }

  private <D, R> Optional<ReadResult<R>> read(
      Handle handle, long notBefore, Class<D> dao, Function<D, R> query) {
    Optional<Long> asOf = heartbeats.last(handle.attach(HeartbeatDao.class));
    if (asOf.isEmpty() || !heartbeats.isFresh(asOf.get())) {
      state.unusable("is too old");
      return instead(Reason.OLD);
    }
    if (asOf.get() - notBefore < 0) {
      return instead(Reason.WRITTEN);
    }
    R value = query.apply(handle.attach(dao));
    metrics.meter("read-database.reads.standby.fresh").mark();
    return Optional.of(new ReadResult<>(value, OptionalLong.of(asOf.get())));
  }

  private Reason reason(JdbiException failure) {
    if (failure.getCause() instanceof SQLTransientConnectionException && allLent.getAsBoolean()) {
      return Reason.BUSY;
    }
    // A standby also cancels a statement that holds up its replay. Others still work then.
    SqlState answer = SqlState.of(failure);
    if (answer.isAway() || answer.code().isEmpty()) {
      state.unusable("failed");
    }
    return Reason.FAILED;
  }

  private <R> Optional<ReadResult<R>> instead(Reason reason) {
    metrics.meter("read-database.reads.primary." + reason.name().toLowerCase(Locale.ROOT)).mark();
    return Optional.empty();
  }
}
