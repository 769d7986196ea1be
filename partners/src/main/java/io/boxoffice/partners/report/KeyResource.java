package io.boxoffice.partners.report;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Publishes the key that statements are signed with. */
@Path("/keys")
@Produces(MediaType.APPLICATION_JSON)
public final class KeyResource {
  private final SigningKey key;

  /** Publishes the public half of the given key. */
  KeyResource(SigningKey key) {
    this.key = key;
  }

  /** Shows the keys (RFC 7517, section 5). */
  @GET
  public SigningKey.Keys get() {
    return key.published();
  }
}
