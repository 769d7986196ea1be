package io.boxoffice.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.spi.JdbiPlugin;

/** Intercepts the SQL of the service, so that a test can observe, change or fail each statement. */
public abstract class InterceptedSql implements JdbiPlugin {

  /** Returns the SQL to send instead of the given one. */
  protected String rewrite(String sql) {
    return sql;
  }

  /** Runs before each statement. */
  protected void before(String sql) throws SQLException {}

  /** Runs after each statement. */
  protected void after(String sql) throws SQLException {}

  @Override
  public Connection customizeConnection(Connection connection) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          if (!method.getName().equals("prepareStatement")) {
            return call(connection, method, arguments);
          }
          String sql = rewrite((String) arguments[0]);
          arguments[0] = sql;
          return watch(sql, (PreparedStatement) call(connection, method, arguments));
        });
  }

  private PreparedStatement watch(String sql, PreparedStatement statement) {
    return proxy(
        PreparedStatement.class,
        (self, method, arguments) -> {
          if (!method.getName().startsWith("execute")) {
            return call(statement, method, arguments);
          }
          before(sql);
          Object result = call(statement, method, arguments);
          after(sql);
          return result;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object target, Method method, Object... arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
