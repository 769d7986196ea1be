package io.boxoffice.platform.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distinguishes bytes that are not JSON (400) from JSON of the wrong structure (422, with the
 * field's path).
 */
public final class JsonProblemMapper implements ExceptionMapper<JsonProcessingException> {
  private static final Logger LOG = LoggerFactory.getLogger(JsonProblemMapper.class);

  @Override
  public Response toResponse(JsonProcessingException thrown) {
    return ProblemMapper.responseOf(translate(thrown)).build();
  }

  private static ProblemException translate(JsonProcessingException thrown) {
    if (thrown instanceof InvalidDefinitionException) {
      LOG.error("A type that JSON cannot carry", thrown);
      return ProblemException.of(
          ProblemCode.INTERNAL_ERROR, "The answer could not be written; the log has the cause.");
    }
    if (thrown instanceof JsonMappingException mapping
        && (thrown instanceof MismatchedInputException || !mapping.getPath().isEmpty())
        && !isSyntaxError(mapping)) {
      return ProblemException.invalid(pathOf(mapping), expectation(mapping));
    }
    return ProblemException.of(
        ProblemCode.MALFORMED_JSON,
        thrown.getLocation() == null
            ? "The body is not well-formed JSON."
            : "The body is not well-formed JSON near line %d, column %d."
                .formatted(thrown.getLocation().getLineNr(), thrown.getLocation().getColumnNr()));
  }

  /**
   * Whether the cause is a syntax error. Inside a nested value, Jackson wraps a syntax error in an
   * exception with a path, but the body is still not JSON.
   */
  private static boolean isSyntaxError(JsonMappingException mapping) {
    return mapping.getCause() instanceof com.fasterxml.jackson.core.JsonParseException
        || mapping.getCause() instanceof com.fasterxml.jackson.core.io.JsonEOFException;
  }

  private static String pathOf(JsonMappingException mapping) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : mapping.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.isEmpty() ? "body" : path.toString();
  }

  private static String expectation(JsonMappingException mapping) {
    if (mapping instanceof UnrecognizedPropertyException unknown) {
      List<String> known =
          unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().toList();
      return "is not known here; known are " + String.join(", ", known);
    }
    Class<?> wanted =
        mapping instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
    if (wanted == null) {
      return "must be a whole number within range";
    }
    if (wanted == Integer.class || wanted == int.class || wanted == Long.class) {
      return "must be a whole number";
    }
    if (wanted == String.class) {
      return "must be a string";
    }
    if (wanted == UUID.class) {
      return "must be a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057";
    }
    if (wanted == Instant.class) {
      return "must be an RFC 3339 time with a zone, such as 2027-06-01T19:00:00Z, in the years 0000 to 9999 of UTC";
    }
    return Collection.class.isAssignableFrom(wanted)
        ? "must be an array"
        : mapping.getPath().isEmpty() ? "must be one JSON object" : "must be an object";
  }
}
