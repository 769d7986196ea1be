package io.boxoffice.simulation.setting;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two documents field by field, for the history. */
final class SettingDiff {
  private SettingDiff() {}

  static List<History.FieldChange> between(JsonNode before, JsonNode after) {
    SortedMap<String, JsonNode> old = leaves(before);
    SortedMap<String, JsonNode> current = leaves(after);
    TreeSet<String> paths = new TreeSet<>(old.keySet());
    paths.addAll(current.keySet());
    return paths.stream()
        .filter(path -> !Objects.equals(old.get(path), current.get(path)))
        .map(path -> new History.FieldChange(path, old.get(path), current.get(path)))
        .toList();
  }

  private static SortedMap<String, JsonNode> leaves(JsonNode document) {
    SortedMap<String, JsonNode> leaves = new TreeMap<>();
    collect("", document, leaves);
    return leaves;
  }

  private static void collect(String path, JsonNode node, Map<String, JsonNode> leaves) {
    if (node.isObject() && !node.isEmpty()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        collect(
            path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
            field.getValue(),
            leaves);
      }
    } else if (node.isArray() && !node.isEmpty()) {
      List<JsonNode> elements = new ArrayList<>();
      node.forEach(elements::add);
      for (int i = 0; i < elements.size(); i++) {
        collect(path + "[" + i + "]", elements.get(i), leaves);
      }
    } else {
      leaves.put(path, node);
    }
  }
}
