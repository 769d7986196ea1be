package io.boxoffice.purchase.desk;

import io.boxoffice.platform.error.ProblemException;
import java.util.function.Supplier;

/** Reports that a batch was not sold, and what the desk may do about it. */
public final class SaleFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is known about the batch. */
  public enum Reason {
    /** The database rejected the data, perhaps those of one request, and wrote nothing. */
    DATA_REJECTED,
    /** The database rejected the batch and wrote nothing. */
    BATCH_REJECTED,
    /** The database gave no answer, but certainly wrote nothing. */
    NOT_WRITTEN,
    /** The commit was not confirmed, and its result cannot be found. */
    OUTCOME_UNKNOWN
  }

  private final Reason reason;
  private final transient Supplier<ProblemException> problem;

  /**
   * Creates the report.
   *
   * @param problem makes the problem for the clients of the batch, and logs the cause
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
