package io.boxoffice.platform.error;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/**
 * The single format of all error responses: RFC 9457, with a stable code and the request's id.
 *
 * @param type a relative reference to the explanation of the code
 * @param title the code's title
 * @param status the HTTP status
 * @param detail what was wrong this time
 * @param code the stable code for programs
 * @param instance the path of the request
 * @param requestId the request's id in the logs
 * @param errors each wrong field, when validation failed
 * @param extensions further members that belong to the code, such as {@code available}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"type", "title", "status", "detail", "code", "instance", "requestId", "errors"})
@Schema(
    description = "RFC 9457 problem details; further members depend on the code",
    requiredProperties = {"type", "title", "status", "detail", "code", "instance", "requestId"})
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    String instance,
    String requestId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors,
    @JsonIgnore @Schema(hidden = true) Map<String, Object> extensions) {

  /** The media type of RFC 9457, section 3. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** {@link #MEDIA_TYPE} as a JAX-RS type. */
  public static final MediaType MEDIA = MediaType.valueOf(MEDIA_TYPE);

  /** Creates a problem without the path and the id of its request. */
  public static Problem of(ProblemCode code, String detail) {
    return of(code, detail, List.of(), Map.of());
  }

  static Problem of(
      ProblemCode code, String detail, List<FieldError> errors, Map<String, Object> extensions) {
    return new Problem(
        "/problems/" + code.code(),
        code.title(),
        code.status(),
        detail,
        code.code(),
        null,
        null,
        errors,
        extensions);
  }

  /** Returns the same problem with the path and the id of its request. */
  public Problem at(String path, String id) {
    return new Problem(type, title, status, detail, code, path, id, errors, extensions);
  }

  @JsonAnyGetter
  Map<String, Object> extensionMembers() {
    return extensions;
  }
}
