package io.boxoffice.account.session;

import com.nimbusds.jose.jwk.RSAKey;
import io.boxoffice.platform.key.RotatingKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Serves the public keys of access tokens, so that other services can verify them. */
@Path("/.well-known/jwks.json")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
public final class KeyResource {
  private static final String MAX_AGE = "max-age=" + RotatingKeys.PUBLIC_MAX_AGE.toSeconds();

  private final RotatingKeys<RSAKey> keys;

  /** Serves the given keys. */
  public KeyResource(RotatingKeys<RSAKey> keys) {
    this.keys = keys;
  }

  /** Describes the keys in the contract. */
  @Schema(
      name = "PublicKeys",
      requiredProperties = {"keys"})
  private record PublicKeys(List<PublicKey> keys) {}

  /** Describes an RSA key in the contract (RFC 7517, section 4; RFC 7518, section 6.3.1). */
  @Schema(
      name = "PublicKey",
      requiredProperties = {"kty", "use", "alg", "kid", "n", "e"})
  private record PublicKey(String kty, String use, String alg, String kid, String n, String e) {}

  /** Reads the keys. */
  @GET
  @Operation(
      operationId = "getKeys",
      summary = "Read the public keys of access tokens",
      description = "RFC 7517. Empty for the first seconds of a new shop.")
  @ApiResponse(
      responseCode = "200",
      description = "The keys",
      content = @Content(schema = @Schema(implementation = PublicKeys.class)))
  public Response get() {
    return Response.ok(keys.published().toJSONObject())
        .header(HttpHeaders.CACHE_CONTROL, MAX_AGE)
        .build();
  }
}
