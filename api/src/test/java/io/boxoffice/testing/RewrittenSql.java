package io.boxoffice.testing;

import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.purchase.PurchaseModule;
import java.util.Map;
import java.util.Set;

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

  /** Returns the keys that occurred in no SQL. */
  public Set<String> neverFound() {
    return replacements.neverFound();
  }
}
