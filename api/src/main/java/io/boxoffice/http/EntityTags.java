package io.boxoffice.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** Answers a read with an entity tag made of its bytes, or 304 when the client has those bytes. */
public final class EntityTags {
  private final ObjectMapper json;

  /** Hashes what the given mapper writes. */
  public EntityTags(ObjectMapper json) {
    this.json = json;
  }

  /**
   * 200 with the body and its tag, or 304 where If-None-Match names that tag (RFC 9110, 13.1.2).
   */
  public Response answer(Request request, Object body) {
    byte[] bytes = write(body);
    EntityTag tag = new EntityTag(Hashing.murmur3_128().hashBytes(bytes).toString(), true);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder response =
        unchanged == null ? Response.ok(bytes, MediaType.APPLICATION_JSON_TYPE) : unchanged;
    return response.tag(tag).header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
  }

  private byte[] write(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
