package io.boxoffice.platform.error;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.QuietException;

/** Ends a request with a {@link Problem} from any place in the code. The client sees its texts. */
public final class ProblemException extends RuntimeException implements QuietException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final Integer retryAfterSeconds;

  private ProblemException(Problem problem, Integer retryAfterSeconds) {
    // A rejection is a normal response, so it needs no stack trace. A sold-out concert causes many
    // rejections.
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Creates a rejection with a code and a sentence for this occurrence. */
  public static ProblemException of(ProblemCode code, String detail) {
    return new ProblemException(Problem.of(code, detail), null);
  }

  /** Creates a rejection with further members in the problem, such as {@code available}. */
  public static ProblemException of(
      ProblemCode code, String detail, Map<String, Object> extensions) {
    return new ProblemException(Problem.of(code, detail, List.of(), extensions), null);
  }

  /**
   * Creates a rejection that the client can retry; {@code retryAfterSeconds} becomes the
   * Retry-After header.
   */
  public static ProblemException retryable(ProblemCode code, String detail, int retryAfterSeconds) {
    return new ProblemException(Problem.of(code, detail), retryAfterSeconds);
  }

  /** Creates a rejection that the client can retry, with further members in the problem. */
  public static ProblemException retryable(
      ProblemCode code, String detail, int retryAfterSeconds, Map<String, Object> extensions) {
    return new ProblemException(Problem.of(code, detail, List.of(), extensions), retryAfterSeconds);
  }

  /** Creates a 422 that lists every wrong field. */
  public static ProblemException invalid(List<FieldError> errors) {
    String fields = String.join(", ", errors.stream().map(FieldError::field).distinct().toList());
    return new ProblemException(
        Problem.of(ProblemCode.VALIDATION_FAILED, "Not valid: " + fields, errors, Map.of()), null);
  }

  /** Creates a 422 for one field. */
  public static ProblemException invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** The problem that the client receives. */
  public Problem problem() {
    return problem;
  }

  /** The seconds for the Retry-After header, if a retry helps. */
  public Optional<Integer> retryAfterSeconds() {
    return Optional.ofNullable(retryAfterSeconds);
  }
}
