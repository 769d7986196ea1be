package io.boxoffice.platform.http;

import com.google.common.hash.Hashing;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/**
 * A representation with a strong entity tag of its bytes: two representations have the same tag
 * only if all bytes are equal. Jetty adds a suffix to the tag of a compressed representation.
 */
public final class TaggedBytes {
  private final byte[] bytes;
  private final String mediaType;
  private final EntityTag tag;

  /** Computes the tag of the given bytes, which must not change afterwards. */
  public TaggedBytes(byte[] bytes, String mediaType) {
    this.bytes = bytes;
    this.mediaType = mediaType;
    this.tag = new EntityTag(Hashing.murmur3_128().hashBytes(bytes).toString());
  }

  /** The entity tag. */
  public EntityTag tag() {
    return tag;
  }

  /** Returns 200 with bytes and tag, or 304 if the client has them. */
  public Response answer(Preconditions preconditions) {
    return preconditions.allowNotModified(tag)
        ? withTag(Response.notModified()).build()
        : answer(Response.Status.OK).build();
  }

  /** Returns bytes and tag, for the response to a change. */
  public Response.ResponseBuilder answer(Response.Status status) {
    return withTag(
        Response.status(status)
            .entity(bytes)
            .type(mediaType)
            .header(HttpHeaders.CONTENT_LENGTH, bytes.length));
  }

  /**
   * Adds the tag and the caching rule: a cache may store the response, and must revalidate it
   * before each use (RFC 9111, 5.2.2.4).
   */
  private Response.ResponseBuilder withTag(Response.ResponseBuilder response) {
    return response.tag(tag).header(HttpHeaders.CACHE_CONTROL, "no-cache");
  }
}
