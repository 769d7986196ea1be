package io.boxoffice.testing;

import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.purchase.PurchaseModule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The service with some of its SQL changed, for negative controls: a guard is taken out, and a race
 * that the guard prevents must be seen to happen.
 */
public final class RewrittenSql extends BoxOfficeApplication {
  private final Replacements replacements;

  /** Replaces each key by its value wherever it stands in the SQL that is sent. */
  public RewrittenSql(Map<String, String> replacements) {
    this(new Replacements(replacements));
  }

  private RewrittenSql(Replacements replacements) {
    super(jdbi -> jdbi.installPlugin(replacements), PurchaseModule::openDesk);
    this.replacements = replacements;
  }

  /** What stood in no SQL: a guard that was never taken out, so that the control proves nothing. */
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
