package io.boxoffice.process.broken;

import java.util.List;
import java.util.Locale;

/**
 * Holds a response as received.
 *
 * @param version the protocol version, such as HTTP/1.1
 * @param fields the header fields, each with a name and a value
 * @param body the bytes of the body without its framing, as characters of ISO-8859-1
 * @param endsConnection whether the connection must end after the response
 */
record Answer(String version, int status, List<Field> fields, String body, boolean endsConnection) {

  record Field(String name, String value) {}

  boolean isInterim() {
    return status < 200;
  }

  /** Returns a field's value, or the empty string when it is missing. */
  String header(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst()
        .orElse("");
  }

  /** Returns the values of all fields with a name, ignoring case. */
  static List<String> values(List<Field> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(field -> field.value().toLowerCase(Locale.ROOT))
        .toList();
  }
}
