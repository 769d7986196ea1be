package io.boxoffice.event.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
  private static final String JSON =
      """
      {"specversion":"1.0","id":"0190163d-8694-739b-aea5-966c26f8ad91","source":"/boxoffice",\
      "type":"purchase.made","subject":"0190163d-8694-739b-aea5-966c26f8ad92",\
      "partitionkey":"0190163d-8694-739b-aea5-966c26f8ad93","time":"2026-07-01T10:00:00.123456Z",\
      "datacontenttype":"application/json","data":{"quantity":2}}""";

  private static final Event EVENT =
      new Event(
          UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91"),
          "/boxoffice",
          "purchase.made",
          UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad92"),
          UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad93"),
          Instant.parse("2026-07-01T10:00:00.123456Z"),
          "{\"quantity\":2}");

  @Test
  void theJsonIsAStructuredCloudEvent() {
    assertThat(EVENT.toJson()).isEqualTo(JSON);
    assertThat(Event.fromJson(JSON)).isEqualTo(EVENT);
  }

  @Test
  void thePlaceInATraceIsAnAttribute() {
    Event traced = EVENT.at("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    assertThat(traced.toJson())
        .isEqualTo(
            JSON.replace(
                "\"datacontenttype\"",
                "\"traceparent\":\"%s\",\"datacontenttype\"".formatted(traced.traceparent())));
    assertThat(Event.fromJson(traced.toJson())).isEqualTo(traced);
  }

  @Test
  void theRequestIsAnAttribute() {
    Event asked =
        new Event(
            EVENT.id(),
            EVENT.source(),
            EVENT.type(),
            EVENT.subject(),
            EVENT.key(),
            EVENT.time(),
            EVENT.data(),
            null,
            "request-1");
    assertThat(asked.toJson())
        .isEqualTo(
            JSON.replace("\"datacontenttype\"", "\"requestid\":\"request-1\",\"datacontenttype\""));
    assertThat(Event.fromJson(asked.toJson())).isEqualTo(asked);
    assertThat(asked.at("00-1").requestId()).isEqualTo("request-1");
  }

  @Test
  void unknownAttributesAreIgnored() {
    assertThat(
            Event.fromJson(
                JSON.replace("{\"specversion\"", "{\"unknown\":\"00-1\",\"specversion\"")))
        .isEqualTo(EVENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"specversion\":\"1.0\",\"data\":{}}",
        "{\"specversion\":\"0.3\""
      })
  void otherTextIsRejected(String text) {
    assertThatThrownBy(() -> Event.fromJson(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "source", "type", "subject", "partitionkey", "time"})
  void eachFieldIsNeeded(String field) {
    String without = JSON.replaceFirst("\"" + field + "\":\"[^\"]*\",", "");
    assertThat(without).isNotEqualTo(JSON);
    assertThatThrownBy(() -> Event.fromJson(without)).isInstanceOf(IllegalArgumentException.class);
    String number = JSON.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":7");
    assertThatThrownBy(() -> Event.fromJson(number)).isInstanceOf(IllegalArgumentException.class);
  }
}
