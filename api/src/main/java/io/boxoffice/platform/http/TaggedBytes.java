package io.boxoffice.platform.http;

import com.google.common.hash.Hashing;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/**
 * A representation with the entity tag of its bytes, which is strong: two representations share a
 * tag only where they share every byte. Jetty adds a suffix to the tag of a compressed one.
 */
public final class TaggedBytes {
  private final byte[] bytes;
  private final String mediaType;
  private final EntityTag tag;

  /** Tags the given bytes, which must not change any more. */
  public TaggedBytes(byte[] bytes, String mediaType) {
    this.bytes = bytes;
    this.mediaType = mediaType;
    this.tag = new EntityTag(Hashing.murmur3_128().hashBytes(bytes).toString());
  }

  /** The entity tag. */
  public EntityTag tag() {
    return tag;
  }

  /** 200 with bytes and tag, or 304 for a client that has them. */
  public Response answer(Preconditions preconditions) {
    return preconditions.allowNotModified(tag)
        ? withTag(Response.notModified()).build()
        : answer(Response.Status.OK).build();
  }

  /** Bytes and tag, for the response to a change. */
  public Response.ResponseBuilder answer(Response.Status status) {
    return withTag(
        Response.status(status)
            .entity(bytes)
            .type(mediaType)
            .header(HttpHeaders.CONTENT_LENGTH, bytes.length));
  }

  /** A cache may keep it, and must ask before it uses it (RFC 9111, 5.2.2.4). */
  private Response.ResponseBuilder withTag(Response.ResponseBuilder response) {
    return response.tag(tag).header(HttpHeaders.CACHE_CONTROL, "no-cache");
  }
}
