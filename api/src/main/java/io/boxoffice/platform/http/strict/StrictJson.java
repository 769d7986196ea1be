package io.boxoffice.platform.http.strict;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes Jackson accept exactly what the contract allows: UTF-8 only, no unknown or repeated fields,
 * no "2" or 2.0 for a whole number, no number for a string, ids in their canonical form, and times
 * of RFC 3339 only.
 */
public final class StrictJson {
  private StrictJson() {}

  /** Configures the given mapper, which must not have read a request yet. */
  @SuppressWarnings("deprecation") // a mapper that Dropwizard built can only be changed this way
  public static void applyTo(ObjectMapper json) {
    json.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    json.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    json.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    json.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
    json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    json.getFactory().disable(JsonFactory.Feature.CHARSET_DETECTION);
    json.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION.mappedFeature());
    json.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    for (CoercionInputShape shape :
        new CoercionInputShape[] {
          CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
      json.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    json.registerModule(
        new SimpleModule("strict")
            .addDeserializer(Instant.class, new Rfc3339Deserializer())
            .addDeserializer(UUID.class, new IdDeserializer()));
  }

  /** Parses an id in the form of {@link Ids}. An empty text is not an absent id. */
  private static final class IdDeserializer extends StdScalarDeserializer<UUID> {
    private static final long serialVersionUID = 1L;

    IdDeserializer() {
      super(UUID.class);
    }

    @Override
    public UUID deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      String text = parser.getText();
      try {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
          return Ids.parse(text);
        }
      } catch (IllegalArgumentException anotherForm) {
        // Falls through: the text is rejected below.
      }
      return (UUID) context.handleWeirdStringValue(UUID.class, text, "no UUID");
    }
  }

  /**
   * Parses a date-time of RFC 3339, section 5.6, without leap seconds. It must lie in the years
   * 0000 to 9999 in UTC too, so that it can be written in the same form. It is truncated to the
   * microsecond, PostgreSQL's precision.
   */
  private static final class Rfc3339Deserializer extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;
    private static final Pattern RFC_3339 =
        Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[Tt](\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)"
                + "(?:[Zz]|([+-])([01]\\d|2[0-3]):([0-5]\\d))");
    private static final int LAST_YEAR = 9999;

    Rfc3339Deserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      Matcher parts = RFC_3339.matcher(text);
      try {
        if (parser.hasToken(JsonToken.VALUE_STRING) && parts.matches()) {
          LocalDateTime utc =
              LocalDateTime.parse(parts.group(1) + "T" + parts.group(2)).minus(offset(parts));
          if (utc.getYear() >= 0 && utc.getYear() <= LAST_YEAR) {
            return utc.truncatedTo(ChronoUnit.MICROS).toInstant(ZoneOffset.UTC);
          }
        }
      } catch (DateTimeException outOfRange) {
        // Falls through: the text is rejected below.
      }
      return (Instant) context.handleWeirdStringValue(Instant.class, text, "no RFC 3339 time");
    }

    /**
     * The offset as a duration: RFC 3339 allows up to 23:59 in both directions, and the JDK's
     * offsets end at 18:00.
     */
    private static Duration offset(Matcher parts) {
      if (parts.group(3) == null) {
        return Duration.ZERO;
      }
      Duration offset =
          Duration.ofHours(Long.parseLong(parts.group(4)))
              .plusMinutes(Long.parseLong(parts.group(5)));
      return parts.group(3).equals("-") ? offset.negated() : offset;
    }
  }
}
