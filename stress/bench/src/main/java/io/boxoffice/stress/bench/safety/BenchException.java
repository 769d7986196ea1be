package io.boxoffice.stress.bench.safety;

/** The reason why a run ends early, in a sentence for its user. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A reason without a cause. */
  public BenchException(String message) {
    super(message);
  }

  /** A reason with its cause. */
  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
