package io.boxoffice.lab.trial;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what other tools say of a failover beside the lab's own figures. */
final class Evidence {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Evidence() {}

  /**
   * Writes a file, or none without evidence.
   *
   * @param before the fault
   * @param after the recovery
   */
  static void write(Path file, Map<String, Object> before, Map<String, Object> after) {
    if (before.isEmpty() && after.isEmpty()) {
      return;
    }
    Map<String, Object> both = new LinkedHashMap<>();
    both.put("before", before);
    both.put("after", after);
    try {
      JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), both);
    } catch (IOException cause) {
      throw new BenchException("Cannot write the evidence", cause);
    }
  }
}
