package io.boxoffice.event.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Holds a change for its consumers, as CloudEvents 1.0 describes it. A repeated delivery has the
 * same id.
 *
 * @param id increases with time (UUID version 7), and is unique
 * @param source the publisher, as a URI reference
 * @param type what changed, such as {@code purchase.made}; {@link EventType} lists those of the
 *     shop
 * @param subject the id of the purchase, order, concert or account
 * @param key the partition key: events of one key keep their order; the id of the concert or
 *     account
 * @param time when it changed, in microseconds at most
 * @param data what a consumer needs to know, as a JSON object
 * @param traceparent the place in the trace of the change (CloudEvents Distributed Tracing
 *     extension); null without a recorded trace
 * @param requestId the id of the request that made the change, for log lines; null without one
 */
public record Event(
    UUID id,
    String source,
    String type,
    UUID subject,
    UUID key,
    Instant time,
    String data,
    String traceparent,
    String requestId) {

  /** The source of the events of this service. */
  public static final String SHOP = "/boxoffice";

  /** The content type of {@link #toJson}. */
  public static final String CONTENT_TYPE = "application/cloudevents+json";

  private static final String TRACEPARENT = "traceparent";
  private static final String REQUEST_ID = "requestid";
  private static final JsonFactory WRITER = new JsonFactory();
  private static final ObjectMapper READER = new ObjectMapper();

  /** Creates an event without a trace and without a request. */
  public Event(
      UUID id, String source, String type, UUID subject, UUID key, Instant time, String data) {
    this(id, source, type, subject, key, time, data, null, null);
  }

  /** Returns the event at another place in a trace; null for none. */
  public Event at(String place) {
    return new Event(id, source, type, subject, key, time, data, place, requestId);
  }

  /** Returns the event in the structured mode of CloudEvents' JSON format. */
  public String toJson() {
    StringWriter text = new StringWriter(data.length() + 300);
    try (JsonGenerator json = WRITER.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("specversion", "1.0");
      json.writeStringField("id", id.toString());
      json.writeStringField("source", source);
      json.writeStringField("type", type);
      json.writeStringField("subject", subject.toString());
      json.writeStringField("partitionkey", key.toString());
      json.writeStringField("time", time.toString());
      if (traceparent != null) {
        json.writeStringField(TRACEPARENT, traceparent);
      }
      if (requestId != null) {
        json.writeStringField(REQUEST_ID, requestId);
      }
      json.writeStringField("datacontenttype", "application/json");
      json.writeFieldName("data");
      json.writeRawValue(data);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /**
   * Reads an event in the structured mode of CloudEvents' JSON format.
   *
   * @throws IllegalArgumentException when the text is not such an event, or lacks one of the fields
   *     that {@link #toJson} writes
   */
  public static Event fromJson(String text) {
    try {
      JsonNode json = READER.readTree(text);
      if (!json.path("specversion").asText().equals("1.0") || !json.path("data").isObject()) {
        throw new IllegalArgumentException("Not an event of CloudEvents 1.0 with a JSON object");
      }
      return new Event(
          UUID.fromString(field(json, "id")),
          field(json, "source"),
          field(json, "type"),
          UUID.fromString(field(json, "subject")),
          UUID.fromString(field(json, "partitionkey")),
          OffsetDateTime.parse(field(json, "time")).toInstant(),
          json.get("data").toString(),
          json.path(TRACEPARENT).textValue(),
          json.path(REQUEST_ID).textValue());
    } catch (IOException | DateTimeException invalid) {
      throw new IllegalArgumentException("Not an event of CloudEvents 1.0", invalid);
    }
  }

  private static String field(JsonNode json, String name) {
    if (!json.path(name).isTextual()) {
      throw new IllegalArgumentException("An event needs the text field " + name);
    }
    return json.get(name).textValue();
  }
}
