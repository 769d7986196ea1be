package io.boxoffice.platform.openapi;

import com.google.common.io.Resources;
import io.boxoffice.platform.http.Preconditions;
import io.boxoffice.platform.http.TaggedBytes;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Serves the contract that the build generated from the code. */
@Hidden
@Path("/")
public final class ContractResource {
  private static final String YAML = "application/yaml";

  private final TaggedBytes json = read("/openapi.json", MediaType.APPLICATION_JSON);
  private final TaggedBytes yaml = read("/openapi.yaml", YAML);

  /** The contract as JSON. */
  @GET
  @Path("openapi.json")
  @Produces(MediaType.APPLICATION_JSON)
  public Response json(@Context HttpHeaders headers) {
    return json.answer(Preconditions.of(headers));
  }

  /** The contract as YAML (RFC 9512). */
  @GET
  @Path("openapi.yaml")
  @Produces(YAML)
  public Response yaml(@Context HttpHeaders headers) {
    return yaml.answer(Preconditions.of(headers));
  }

  private static TaggedBytes read(String resource, String mediaType) {
    try {
      return new TaggedBytes(
          Resources.toByteArray(Resources.getResource(ContractResource.class, resource)),
          mediaType);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
