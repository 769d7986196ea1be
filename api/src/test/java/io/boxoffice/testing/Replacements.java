package io.boxoffice.testing;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Replaces parts of the SQL, for negative controls without a guard. */
public class Replacements extends InterceptedSql {
  private final Map<String, String> all;
  private final Set<String> found = ConcurrentHashMap.newKeySet();

  /** Replaces each key by its value wherever it occurs in the SQL. */
  public Replacements(Map<String, String> all) {
    this.all = all;
  }

  /**
   * Returns the keys that occurred in no SQL. Their guards were not removed: the control is void.
   */
  public Set<String> neverFound() {
    Set<String> missing = new TreeSet<>(all.keySet());
    missing.removeAll(found);
    return missing;
  }

  @Override
  protected String rewrite(String sql) {
    String rewritten = sql;
    for (Map.Entry<String, String> replacement : all.entrySet()) {
      if (rewritten.contains(replacement.getKey())) {
        found.add(replacement.getKey());
        rewritten = rewritten.replace(replacement.getKey(), replacement.getValue());
      }
    }
    return rewritten;
  }
}
