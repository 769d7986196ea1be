package io.boxoffice.process.broken;

import java.util.List;
import java.util.Locale;

/**
 * An answer as it came.
 *
 * @param version such as HTTP/1.1
 * @param fields the header fields, each a name and a value
 * @param body its bytes without their framing, as characters of ISO-8859-1
 * @param endsConnection whether nothing may follow it
 */
record Answer(String version, int status, List<Field> fields, String body, boolean endsConnection) {

  record Field(String name, String value) {}

  boolean isInterim() {
    return status < 200;
  }

  /** A field's value, or the empty text. */
  String header(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst()
        .orElse("");
  }

  /** The values of all fields of a name, without regard to case. */
  static List<String> values(List<Field> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(field -> field.value().toLowerCase(Locale.ROOT))
        .toList();
  }
}
