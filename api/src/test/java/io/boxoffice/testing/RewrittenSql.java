package io.boxoffice.testing;

import io.boxoffice.BoxOfficeApplication;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/**
 * The service with some of its SQL changed, for negative controls: a guard is taken out, and a race
 * that the guard prevents must be seen to happen.
 */
public final class RewrittenSql extends BoxOfficeApplication {
  private final Map<String, String> replacements;
  private final Set<String> found = ConcurrentHashMap.newKeySet();

  /** Replaces each key by its value wherever it stands in the SQL that is sent. */
  public RewrittenSql(Map<String, String> replacements) {
    this.replacements = replacements;
  }

  @Override
  protected Jdbi customize(Jdbi jdbi) {
    return jdbi.installPlugin(
        new InterceptedSql() {
          @Override
          protected String rewrite(String sql) {
            String rewritten = sql;
            for (Map.Entry<String, String> replacement : replacements.entrySet()) {
              if (rewritten.contains(replacement.getKey())) {
                found.add(replacement.getKey());
                rewritten = rewritten.replace(replacement.getKey(), replacement.getValue());
              }
            }
            return rewritten;
          }
        });
  }

  /** What stood in no SQL: a guard that was never taken out, so that the control proves nothing. */
  public Set<String> neverFound() {
    Set<String> missing = new TreeSet<>(replacements.keySet());
    missing.removeAll(found);
    return missing;
  }
}
