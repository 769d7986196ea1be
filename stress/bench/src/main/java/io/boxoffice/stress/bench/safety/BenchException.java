package io.boxoffice.stress.bench.safety;

/** Why a run cannot go on, in a sentence for the person at the terminal. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a sentence only. */
  public BenchException(String message) {
    super(message);
  }

  /** With what led to it. */
  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
