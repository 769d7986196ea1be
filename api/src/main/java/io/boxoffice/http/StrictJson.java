package io.boxoffice.http;

import com.fasterxml.jackson.core.JsonParser;
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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Makes Jackson take what the contract says and nothing near it: no unknown or repeated fields, no
 * "2" or 2.0 for a whole number, no number for a string, and times of RFC 3339 only.
 */
public final class StrictJson {
  private StrictJson() {}

  /** Sets the given mapper up; the mapper must not have read any request yet. */
  @SuppressWarnings("deprecation") // a mapper that Dropwizard built can only be changed this way
  public static void applyTo(ObjectMapper json) {
    json.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    json.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    json.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    json.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
    json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    json.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION.mappedFeature());
    json.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    for (CoercionInputShape shape :
        new CoercionInputShape[] {
          CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
      json.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    json.registerModule(
        new SimpleModule("rfc3339").addDeserializer(Instant.class, new Rfc3339Deserializer()));
  }

  /** RFC 3339 with a zone, years 0000 to 9999, kept to the microsecond as PostgreSQL does. */
  private static final class Rfc3339Deserializer extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;
    private static final Pattern RFC_3339 =
        Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    Rfc3339Deserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      try {
        if (parser.currentToken().isScalarValue() && RFC_3339.matcher(text).matches()) {
          return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        }
      } catch (DateTimeException outOfRange) {
        // Told like any other text that is no time.
      }
      return (Instant) context.handleWeirdStringValue(Instant.class, text, "no RFC 3339 time");
    }
  }
}
