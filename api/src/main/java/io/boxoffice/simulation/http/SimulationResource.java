package io.boxoffice.simulation.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.auth.Operator;
import io.boxoffice.platform.http.Page;
import io.boxoffice.platform.http.Preconditions;
import io.boxoffice.platform.http.TaggedBytes;
import io.boxoffice.platform.http.strict.PlainText;
import io.boxoffice.simulation.draw.Preview;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Profile;
import io.boxoffice.simulation.rule.Setting;
import io.boxoffice.simulation.rule.SettingParser;
import io.boxoffice.simulation.rule.SettingRequest;
import io.boxoffice.simulation.setting.History;
import io.boxoffice.simulation.setting.LiveSimulation;
import io.boxoffice.simulation.setting.SettingStore;
import io.boxoffice.simulation.setting.StoredSetting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/** Lets operators read, preview and change the simulation over HTTP. */
@Path("/v1/simulation")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Operator.ROLE)
@Tag(name = "Simulation")
@SecurityRequirement(name = "operator")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "403", ref = "Forbidden")
public final class SimulationResource {
  /** A weak tag, which matches no If-Match except {@code *}. */
  private static final EntityTag UNREADABLE = new EntityTag("unreadable", true);

  private final SettingStore store;
  private final LiveSimulation simulation;
  private final SettingParser parser;
  private final ObjectMapper json;
  private final Clock clock;

  /** Creates the resource. */
  public SimulationResource(
      SettingStore store,
      LiveSimulation simulation,
      SettingParser parser,
      ObjectMapper json,
      Clock clock) {
    this.store = store;
    this.simulation = simulation;
    this.parser = parser;
    this.json = json;
    this.clock = clock;
  }

  /** Describes the request body in the contract. */
  @Schema(name = "NewSimulation")
  private record NewSimulation(
      @Schema(
              types = {"integer", "null"},
              description = "Same seed, same decisions")
          Long seed,
      Limits limits,
      @Schema(example = "realistic", description = "`off` when left out") String activeProfile,
      @Schema(types = {"boolean", "null"}) Boolean allowProfileHeader,
      @Schema(description = "Each a list of rules or {description, rules, scenario}")
          Map<String, Profile> profiles,
      @Schema(
              types = {"string", "null"},
              example = "30m",
              description = "Then what held before holds again")
          String expiresIn,
      @Schema(
              types = {"string", "null"},
              description = "Why, for the history")
          String reason) {}

  /** Reads the setting. */
  @GET
  @Operation(operationId = "getSimulation", summary = "Read the setting that is followed")
  @ApiResponse(
      responseCode = "200",
      description = "The setting",
      headers = @Header(name = "ETag", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = SettingView.class)))
  public Response get(@Context HttpHeaders headers) {
    return represent(simulation.stored()).answer(Preconditions.of(headers));
  }

  /** Replaces the setting. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "putSimulation",
      summary = "Replace the setting, on every replica within two seconds",
      description =
          "Send the ETag as If-Match, so that a change of another operator is not lost;"
              + " without If-Match the last one wins. What is left out gets its default.")
  @ApiResponse(
      responseCode = "200",
      description = "The setting that is followed now",
      headers = @Header(name = "ETag", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = SettingView.class)))
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "412", ref = "PreconditionFailed")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public Response put(
      @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = NewSimulation.class)))
          @NotNull
          byte[] body,
      @HeaderParam("If-Match") @Parameter(description = "The ETag that was read, or `*`")
          String ifMatch,
      @HeaderParam("From")
          @Size(min = 1, max = 254)
          @PlainText
          @Parameter(description = "The name of the operator, for the history (RFC 9110, 10.1.2)")
          String from,
      @Context HttpHeaders headers,
      @Context HttpServletRequest caller)
      throws IOException {
    SettingRequest request = read(body);
    Preconditions preconditions = Preconditions.of(headers);
    StoredSetting stored =
        store.replace(
            request,
            "%s at %s".formatted(from == null ? "operator" : from, caller.getRemoteAddr()),
            before ->
                preconditions.requireBeforeChange(
                    before.map(readable -> represent(readable).tag()).orElse(UNREADABLE)));
    simulation.follow(stored);
    return represent(stored).answer(Response.Status.OK).build();
  }

  /** Previews a profile of the setting in force. */
  @GET
  @Path("preview")
  @Operation(
      operationId = "previewSimulation",
      summary = "Delay quantiles and shares of denial that a profile gives")
  @ApiResponse(responseCode = "200", description = "The preview", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Preview preview(
      @QueryParam("profile") @Parameter(description = "The active one when left out")
          String profile) {
    return preview(simulation.setting(), profile);
  }

  /** Previews a profile of the setting in the request. */
  @POST
  @Path("preview")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "previewNewSimulation",
      summary = "The same for a setting that is not applied")
  @ApiResponse(responseCode = "200", description = "The preview", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Preview preview(
      @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = NewSimulation.class)))
          @NotNull
          byte[] body,
      @QueryParam("profile") @Parameter(description = "The active one when left out")
          String profile)
      throws IOException {
    return preview(read(body).setting(), profile);
  }

  /** Lists changes. */
  @GET
  @Path("history")
  @Operation(
      operationId = "simulationHistory",
      summary = "Read the history of changes, with operator, time and reason")
  @ApiResponse(
      responseCode = "200",
      description = "Changes, newest first",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public History history(
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("before") @Min(1) @Parameter(description = "`next` of the page before")
          Long before) {
    return store.history(before == null ? Long.MAX_VALUE : before, limit);
  }

  private SettingRequest read(byte[] body) throws IOException {
    return parser.parseRequest(json.reader().readTree(body), SettingView.readOnly());
  }

  private static Preview preview(Setting setting, String profile) {
    String name = profile == null ? setting.activeProfile() : profile;
    return Preview.of(name, setting.profile(name, "profile"), setting.limits());
  }

  private TaggedBytes represent(StoredSetting stored) {
    try {
      return new TaggedBytes(
          json.writeValueAsBytes(SettingView.of(stored, clock.instant())),
          MediaType.APPLICATION_JSON);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
