package io.boxoffice.http;

import com.google.common.hash.Hashing;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** A representation with the entity tag of its bytes; it is sent only to clients that lack it. */
public final class TaggedBytes {
  private final byte[] bytes;
  private final String mediaType;
  private final EntityTag tag;

  /** Tags the given bytes, which must not change any more. */
  public TaggedBytes(byte[] bytes, String mediaType) {
    this.bytes = bytes;
    this.mediaType = mediaType;
    this.tag = new EntityTag(Hashing.murmur3_128().hashBytes(bytes).toString(), true);
  }

  /** 200 with bytes and tag, or 304 where If-None-Match names the tag (RFC 9110, 13.1.2). */
  public Response answer(Request request) {
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder answer = unchanged == null ? Response.ok(bytes, mediaType) : unchanged;
    return answer.tag(tag).header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
  }
}
