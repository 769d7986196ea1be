package io.boxoffice.database;

import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jdbi.v3.sqlobject.customizer.SqlStatementCustomizer;
import org.jdbi.v3.sqlobject.customizer.SqlStatementCustomizerFactory;
import org.jdbi.v3.sqlobject.customizer.SqlStatementCustomizingAnnotation;
import org.postgresql.PGStatement;

/**
 * Has PostgreSQL plan a statement each time it runs. A plan that is kept, as those of statements
 * that run often are, may have been made while the table was small, and then scans all of it for
 * ever.
 */
@SqlStatementCustomizingAnnotation(PlannedAnew.Factory.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface PlannedAnew {

  /** Tells the driver not to prepare the statement on the server. */
  final class Factory implements SqlStatementCustomizerFactory {
    @Override
    public SqlStatementCustomizer createForMethod(
        Annotation annotation, Class<?> sqlObjectType, Method method) {
      return (SqlStatement<?> statement) -> statement.addCustomizer(new NeverPrepared());
    }
  }

  /** Runs before each execution. */
  final class NeverPrepared implements StatementCustomizer {
    @Override
    public void beforeExecution(PreparedStatement statement, StatementContext context)
        throws SQLException {
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    }
  }
}
