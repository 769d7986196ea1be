package io.boxoffice.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** Answers reads as JSON with entity tags. */
public final class EntityTags {
  private final ObjectMapper json;

  /** Tags what the given mapper writes. */
  public EntityTags(ObjectMapper json) {
    this.json = json;
  }

  /** 200 with the body and its tag, or 304 for a client that has it. */
  public Response answer(Request request, Object body) {
    try {
      return new TaggedBytes(json.writeValueAsBytes(body), MediaType.APPLICATION_JSON)
          .answer(request);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
