package io.boxoffice.gate.code;

import com.nimbusds.jose.jwk.OctetKeyPair;
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

/** Serves the public keys of ticket codes, so that gates can check codes without the shop. */
@Path("/v1/ticket-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tickets")
public final class TicketKeyResource {
  private static final String MAX_AGE = "max-age=" + RotatingKeys.PUBLIC_MAX_AGE.toSeconds();

  private final RotatingKeys<OctetKeyPair> keys;

  TicketKeyResource(RotatingKeys<OctetKeyPair> keys) {
    this.keys = keys;
  }

  /** Describes the keys in the contract. */
  @Schema(
      name = "TicketKeys",
      requiredProperties = {"keys"})
  private record PublicKeys(List<PublicKey> keys) {}

  /** Describes an Ed25519 key in the contract (RFC 8037, section 2). */
  @Schema(
      name = "TicketKey",
      requiredProperties = {"kty", "crv", "use", "alg", "kid", "x"})
  private record PublicKey(
      String kty,
      String crv,
      String use,
      String alg,
      @Schema(description = "The number of the key in codes, as decimal digits") String kid,
      @Schema(description = "The 32 bytes of the key in base64url") String x) {}

  /** Reads the keys. */
  @GET
  @Operation(
      operationId = "getTicketKeys",
      summary = "Read the public keys of ticket codes",
      description =
          "RFC 7517 and RFC 8037. A key is listed a day before it signs. Empty for the first"
              + " seconds of a new shop.")
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
