package io.boxoffice.openapi;

import com.google.common.io.Resources;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Serves the contract that the build read from the code. */
@Hidden
@Path("/")
public final class ContractResource {
  private final byte[] json = read("/openapi.json");
  private final byte[] yaml = read("/openapi.yaml");

  /** The contract as JSON. */
  @GET
  @Path("openapi.json")
  @Produces(MediaType.APPLICATION_JSON)
  public byte[] json() {
    return json;
  }

  /** The contract as YAML (RFC 9512). */
  @GET
  @Path("openapi.yaml")
  @Produces("application/yaml")
  public byte[] yaml() {
    return yaml;
  }

  private static byte[] read(String resource) {
    try {
      return Resources.toByteArray(Resources.getResource(ContractResource.class, resource));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
