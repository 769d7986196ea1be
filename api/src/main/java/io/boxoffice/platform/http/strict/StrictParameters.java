package io.boxoffice.platform.http.strict;

import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Parses path and query parameters as strictly as {@link StrictJson} parses bodies. An empty
 * parameter is not an absent one; a number, a flag or an id has exactly one form.
 */
public final class StrictParameters implements ParamConverterProvider {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

  private static final Map<Class<?>, Function<String, ?>> PARSERS =
      Map.of(
          UUID.class, Ids::parse,
          Boolean.class, StrictParameters::flag,
          int.class, text -> Integer.valueOf(wholeNumber(text)),
          Integer.class, text -> Integer.valueOf(wholeNumber(text)),
          long.class, text -> Long.valueOf(wholeNumber(text)),
          Long.class, text -> Long.valueOf(wholeNumber(text)));

  @Override
  @SuppressWarnings("unchecked") // each class maps to a parser of its own type
  public <T> ParamConverter<T> getConverter(
      Class<T> type, Type genericType, Annotation[] annotations) {
    Function<String, T> parser = (Function<String, T>) PARSERS.get(type);
    return parser == null ? null : new Converter<>(parser);
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static String wholeNumber(String text) {
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      throw new NumberFormatException("not a whole number");
    }
    return text;
  }

  /**
   * Converts a parameter with its parser. Jersey turns a failure into a problem that names the
   * parameter; null stands for an absent parameter.
   */
  private record Converter<T>(Function<String, T> parser) implements ParamConverter<T> {

    @Override
    public T fromString(String text) {
      return text == null ? null : parser.apply(text);
    }

    @Override
    public String toString(T value) {
      return value.toString();
    }
  }
}
