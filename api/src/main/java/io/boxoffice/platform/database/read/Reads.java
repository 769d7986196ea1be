package io.boxoffice.platform.database.read;

import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/**
 * Performs reads whose result may be a little old. Never use it for stock, for anything that a sale
 * decides on, for idempotency keys, for rights, or for what a client has just written.
 */
public interface Reads {

  /** Performs all reads on the primary, as without READ_DATABASE_URL. */
  static Reads ofPrimary(Jdbi primary) {
    return new Reads() {
      @Override
      public <D, R> ReadResult<R> readSince(long notBefore, Class<D> dao, Function<D, R> query) {
        return ReadResult.ofPrimary(primary.withExtension(dao, query::apply));
      }
    };
  }

  /**
   * Reads where it costs the primary least.
   *
   * @param dao holds the SQL
   * @param query reads only, and may run twice
   */
  default <D, R> ReadResult<R> read(Class<D> dao, Function<D, R> query) {
    return readSince(System.nanoTime() - Long.MAX_VALUE / 2, dao, query);
  }

  /**
   * Reads as {@link #read}, and sees everything that was committed before a moment.
   *
   * @param notBefore the moment, as {@link System#nanoTime}
   */
  <D, R> ReadResult<R> readSince(long notBefore, Class<D> dao, Function<D, R> query);
}
