package io.boxoffice.testing;

import io.boxoffice.BoxOfficeApplication;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.DefinedAttributeTemplateEngine;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * The service with some of its SQL changed, for negative controls: a guard is taken out, and a race
 * that the guard prevents must be seen to happen.
 */
public final class RewrittenSql extends BoxOfficeApplication {
  private final Map<String, String> replacements;

  /** Replaces each key by its value wherever it stands. */
  public RewrittenSql(Map<String, String> replacements) {
    this.replacements = replacements;
  }

  @Override
  protected Jdbi customize(Jdbi jdbi) {
    TemplateEngine shipped = new DefinedAttributeTemplateEngine();
    return jdbi.setTemplateEngine(
        (sql, context) -> {
          String rewritten = shipped.render(sql, context);
          for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            rewritten = rewritten.replace(replacement.getKey(), replacement.getValue());
          }
          return rewritten;
        });
  }
}
