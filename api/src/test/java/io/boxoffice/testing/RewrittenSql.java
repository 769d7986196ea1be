package io.boxoffice.testing;

import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.purchase.PurchaseModule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs the service with some of its SQL changed, for negative controls: the test removes a guard
 * and must then observe the race that the guard prevents.
 */
public final class RewrittenSql extends BoxOfficeApplication {
  private final Replacements replacements;

  /** Replaces each key by its value wherever it occurs in the SQL. */
  public RewrittenSql(Map<String, String> replacements) {
    this(new Replacements(replacements));
  }

  private RewrittenSql(Replacements replacements) {
    super(jdbi -> jdbi.installPlugin(replacements), PurchaseModule::openDesk);
    this.replacements = replacements;
  }

  /**
   * Returns the keys that occurred in no SQL. Their guards were not removed: the control is void.
   */
  public Set<String> neverFound() {
    Set<String> missing = new TreeSet<>(replacements.all.keySet());
    missing.removeAll(replacements.found);
    return missing;
  }

  private static final class Replacements extends InterceptedSql {
    private final Map<String, String> all;
    private final Set<String> found = ConcurrentHashMap.newKeySet();

    Replacements(Map<String, String> all) {
      this.all = all;
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
}
