package io.boxoffice.platform.database;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.error.ProblemMapper;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a database failure into a problem: 503 when the database is unreachable or busy, and 500
 * when it rejects a statement.
 */
public final class DatabaseProblemMapper implements ExceptionMapper<JdbiException> {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseProblemMapper.class);

  @Override
  public Response toResponse(JdbiException thrown) {
    return ProblemMapper.responseOf(translate(thrown)).build();
  }

  /**
   * Translates a failed statement, whose transaction is rolled back, into the problem for the
   * client. For SQLSTATE classes, see the PostgreSQL manual, appendix A.
   */
  public static ProblemException translate(JdbiException thrown) {
    SQLException cause = sqlCause(thrown);
    if (cause instanceof PoolExhaustedException) {
      LOG.warn("No database connection was free in time");
      return ProblemException.retryable(
          ProblemCode.OVERLOADED, "No database connection was free in time.", 1);
    }
    String state = cause == null || cause.getSQLState() == null ? "" : cause.getSQLState();
    if (state.equals("55P03") || state.equals("57014") || state.startsWith("40")) {
      LOG.warn("The database gave up waiting, SQLSTATE {}", state);
      return ProblemException.retryable(
          ProblemCode.OVERLOADED, "The database did not get to it in time.", 1);
    }
    if (thrown instanceof ConnectionException || state.matches("(08|53|57|58|25006).*")) {
      LOG.error("The database is away, SQLSTATE {}", state);
      return ProblemException.retryable(
          ProblemCode.UNAVAILABLE, "The database cannot be reached at the moment.", 1);
    }
    LOG.error("The database refused a statement", thrown);
    return ProblemException.of(
        ProblemCode.INTERNAL_ERROR, "The request could not be stored; nothing was written.");
  }

  private static SQLException sqlCause(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
