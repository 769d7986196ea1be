package io.boxoffice.app;

import java.util.Arrays;
import java.util.List;

/** Reads settings that are a list in one text. */
final class CommaSeparated {
  private CommaSeparated() {}

  static List<String> list(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
