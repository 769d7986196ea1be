package io.boxoffice.platform.error;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.QuietException;

/** Thrown anywhere to answer the request with a {@link Problem}. Its words reach the client. */
public final class ProblemException extends RuntimeException implements QuietException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final Integer retryAfterSeconds;

  private ProblemException(Problem problem, Integer retryAfterSeconds) {
    // A refusal is an answer, not a fault: it needs no stack trace, and a sold-out rush makes many.
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Refuses with a code and a sentence for this occurrence. */
  public static ProblemException of(ProblemCode code, String detail) {
    return new ProblemException(Problem.of(code, detail), null);
  }

  /** Refuses with further members in the problem, such as {@code available}. */
  public static ProblemException of(
      ProblemCode code, String detail, Map<String, Object> extensions) {
    return new ProblemException(Problem.of(code, detail, List.of(), extensions), null);
  }

  /** Refuses for now; {@code retryAfterSeconds} becomes the Retry-After header. */
  public static ProblemException retryable(ProblemCode code, String detail, int retryAfterSeconds) {
    return new ProblemException(Problem.of(code, detail), retryAfterSeconds);
  }

  /** 422 that lists every field that is wrong. */
  public static ProblemException invalid(List<FieldError> errors) {
    String fields = String.join(", ", errors.stream().map(FieldError::field).distinct().toList());
    return new ProblemException(
        Problem.of(ProblemCode.VALIDATION_FAILED, "Not valid: " + fields, errors, Map.of()), null);
  }

  /** 422 for one field. */
  public static ProblemException invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** What the client is told. */
  public Problem problem() {
    return problem;
  }

  /** Seconds for the Retry-After header, where waiting helps. */
  public Optional<Integer> retryAfterSeconds() {
    return Optional.ofNullable(retryAfterSeconds);
  }
}
