package io.boxoffice.purchase.desk;

import io.boxoffice.platform.error.ProblemException;
import java.util.function.Supplier;

/** Reports that a batch failed, and whether it may have been written. */
public final class SaleFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is known about the batch. */
  public enum Reason {
    /** The database rejected the data, perhaps those of one request, and wrote nothing. */
    DATA_REJECTED,
    /** The database rejected the batch and wrote nothing. */
    BATCH_REJECTED,
    /** The batch did not reach the database, or its end proves that nothing was written. */
    NOT_WRITTEN,
    /** The commit was not confirmed, and its result cannot be found. The batch may be written. */
    OUTCOME_UNKNOWN
  }

  private final Reason reason;
  private final transient Supplier<ProblemException> problem;

  /**
   * Creates the report.
   *
   * @param problem makes the problem for the clients of the batch, and may log the cause
   */
  public SaleFailedException(Reason reason, Throwable cause, Supplier<ProblemException> problem) {
    super("The sale failed: " + reason, cause);
    this.reason = reason;
    this.problem = problem;
  }

  /** Returns what is known about the batch. */
  public Reason reason() {
    return reason;
  }

  /** Returns the problem for the clients of the batch. */
  ProblemException problem() {
    return problem.get();
  }
}
