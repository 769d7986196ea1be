package io.boxoffice.stress.plot.svg;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The page that a plot is made for. */
public enum Theme {
  /** A light page; every element contains its colour, which every viewer supports. */
  LIGHT,
  /** A dark page. */
  DARK,
  /** The theme that the reader's system prefers; for browsers. */
  READER;

  String paint(Colour colour) {
    if (colour == Colour.TRANSPARENT) {
      return "none";
    }
    return switch (this) {
      case LIGHT -> colour.light();
      case DARK -> colour.dark();
      case READER -> "var(--%s)".formatted(colour.id());
    };
  }

  String styleSheet() {
    return this == READER
        ? "<style>svg{%s}@media(prefers-color-scheme:dark){svg{%s}}</style>\n"
            .formatted(variables(Colour::light), variables(Colour::dark))
        : "";
  }

  private static String variables(Function<Colour, String> shade) {
    return Arrays.stream(Colour.values())
        .map(colour -> "--%s:%s".formatted(colour.id(), shade.apply(colour)))
        .collect(Collectors.joining(";"));
  }
}
