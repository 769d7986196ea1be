package io.boxoffice.platform.database;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.error.ProblemMapper;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a database failure into a problem: 503 when the database is unreachable or busy, or another
 * site sells the concert, 409 when a ticket was admitted, and 500 when it rejects a statement.
 */
public final class DatabaseProblemMapper implements ExceptionMapper<JdbiException> {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseProblemMapper.class);

  @Override
  public Response toResponse(JdbiException thrown) {
    return ProblemMapper.responseOf(translate(thrown)).build();
  }

  /**
   * Translates a failed statement, whose transaction is rolled back, into the problem for the
   * client.
   */
  public static ProblemException translate(JdbiException thrown) {
    if (thrown.getCause() instanceof PoolExhaustedException) {
      LOG.warn("No database connection was free in time");
      return ProblemException.retryable(
          ProblemCode.OVERLOADED, "No database connection was free in time.", 1);
    }
    SqlState state = SqlState.of(thrown);
    if (state.isTooSlow()) {
      LOG.warn("The database gave up waiting, SQLSTATE {}", state.code());
      return ProblemException.retryable(
          ProblemCode.OVERLOADED, "The database did not get to it in time.", 1);
    }
    if (state.isHomeElsewhere()) {
      return ProblemException.retryable(
          ProblemCode.HOME_UNKNOWN, "Another site sells this concert; nothing was done.", 1);
    }
    if (state.isAdmitted()) {
      return ProblemException.of(
          ProblemCode.ALREADY_ADMITTED,
          "A ticket of this purchase was admitted, so the purchase cannot be given back.");
    }
    if (thrown instanceof ConnectionException || state.isAway()) {
      LOG.error("The database is away, SQLSTATE {}", state.code());
      return ProblemException.retryable(
          ProblemCode.UNAVAILABLE, "The database cannot be reached at the moment.", 1);
    }
    LOG.error("The database refused a statement", thrown);
    return ProblemException.of(
        ProblemCode.INTERNAL_ERROR, "The request could not be stored; nothing was written.");
  }
}
