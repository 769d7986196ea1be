package io.boxoffice.platform.error;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;

/** Explains each problem code at the address that the problem's {@code type} names. */
@Path("/problems")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Problems")
@ApiResponse(responseCode = "400", ref = "BadRequest")
public final class ProblemResource {

  /**
   * A code with its meaning.
   *
   * @param code the stable code
   * @param status the HTTP status of the code
   * @param title the meaning of the code
   * @param advice what a client can do
   */
  @Schema(requiredProperties = {"code", "status", "title", "advice"})
  public record Explanation(String code, int status, String title, String advice) {
    static Explanation of(ProblemCode code) {
      return new Explanation(code.code(), code.status(), code.title(), code.advice());
    }
  }

  /** Explanations change only with a release, so a cache may keep one for an hour. */
  private static final String CACHE_FOR_ONE_HOUR = "max-age=3600";

  private static final List<Explanation> ALL =
      Arrays.stream(ProblemCode.values()).map(Explanation::of).toList();

  /** All codes. */
  @GET
  @Operation(operationId = "listProblems", summary = "Every problem code and what to do about it")
  @ApiResponse(
      responseCode = "200",
      description = "All codes",
      content =
          @Content(array = @ArraySchema(schema = @Schema(implementation = Explanation.class))))
  public Response list() {
    return answer(ALL);
  }

  /** One code, or 404. */
  @GET
  @Path("{code}")
  @Operation(operationId = "getProblem", summary = "What one problem code means")
  @ApiResponse(
      responseCode = "200",
      description = "The code",
      content = @Content(schema = @Schema(implementation = Explanation.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response get(@PathParam("code") String code) {
    return answer(
        ALL.stream()
            .filter(explanation -> explanation.code().equals(code))
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.of(ProblemCode.NOT_FOUND, "There is no such problem code.")));
  }

  private static Response answer(Object explanations) {
    return Response.ok(explanations).header(HttpHeaders.CACHE_CONTROL, CACHE_FOR_ONE_HOUR).build();
  }
}
