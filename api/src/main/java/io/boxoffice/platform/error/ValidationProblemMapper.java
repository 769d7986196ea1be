package io.boxoffice.platform.error;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Comparator;
import java.util.List;

/** Turns a failed Bean Validation into a 422 that lists every wrong field. */
public final class ValidationProblemMapper
    implements ExceptionMapper<ConstraintViolationException> {

  @Override
  public Response toResponse(ConstraintViolationException thrown) {
    List<FieldError> errors =
        thrown.getConstraintViolations().stream()
            .map(violation -> new FieldError(fieldOf(violation), violation.getMessage()))
            .distinct()
            .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
            .toList();
    return ProblemMapper.responseOf(ProblemException.invalid(errors)).build();
  }

  /** The path below the resource method: a body's field, or the parameter's own name. */
  private static String fieldOf(ConstraintViolation<?> violation) {
    StringBuilder field = new StringBuilder();
    String parameter = "body";
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getKind() == ElementKind.PARAMETER) {
        // Dropwizard names a parameter with its kind, as in "query param limit"; the body has none.
        int kindEnd = node.getName().lastIndexOf(' ');
        parameter = kindEnd < 0 ? "body" : node.getName().substring(kindEnd + 1);
      } else if (node.getKind() == ElementKind.PROPERTY
          || node.getKind() == ElementKind.CONTAINER_ELEMENT) {
        if (node.getIndex() != null) {
          field.append('[').append(node.getIndex()).append(']');
        }
        if (node.getKind() == ElementKind.PROPERTY) {
          field.append(field.isEmpty() ? "" : ".").append(node.getName());
        }
      }
    }
    return field.isEmpty() ? parameter : field.toString();
  }
}
