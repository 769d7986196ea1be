package io.boxoffice.grafana.preview;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The panels that have data in a cluster only, by name, so that no other can be without. */
record ClusterOnly(List<String> panels) {

  /** Reads lines of the form "uid: title". */
  static ClusterOnly read(Path file) throws IOException {
    return new ClusterOnly(
        Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList());
  }

  boolean contains(String uid, String title) {
    return panels.contains(uid + ": " + title);
  }
}
