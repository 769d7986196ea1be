package io.boxoffice.stress.bench.sql;

import io.boxoffice.stress.bench.report.LoadTally;
import io.boxoffice.stress.bench.report.Window;
import io.boxoffice.stress.bench.safety.BenchException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sells by JDBC on several connections, each as fast as possible. */
public final class JdbcLoad {
  private final BenchDatabase database;

  /** Sells from the given database. */
  public JdbcLoad(BenchDatabase database) {
    this.database = database;
  }

  /** Runs one load to its end. */
  public LoadTally run(Ways.Named way, TicketTypeRef type, Window window) {
    List<Connection> connections = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(way.connections());
    try {
      List<Seller> sellers = new ArrayList<>();
      for (int index = 0; index < way.connections(); index++) {
        Connection connection = database.connect();
        connections.add(connection);
        sellers.add(way.way().open(connection, type));
      }
      long begin = System.nanoTime();
      List<Future<LoadTally>> running = new ArrayList<>();
      for (Seller seller : sellers) {
        running.add(threads.submit(() -> sell(seller, begin, window)));
      }
      LoadTally sum = new LoadTally();
      for (Future<LoadTally> one : running) {
        sum.add(one.get());
      }
      return sum;
    } catch (SQLException | ExecutionException | InterruptedException cause) {
      throw new BenchException(way.name() + " failed: " + cause.getMessage(), cause);
    } finally {
      threads.shutdownNow();
      connections.forEach(JdbcLoad::close);
    }
  }

  private static LoadTally sell(Seller seller, long begin, Window window) throws SQLException {
    LoadTally tally = new LoadTally();
    long start = System.nanoTime() - begin;
    while (start < window.totalNanos()) {
      int sold = seller.sell();
      long end = System.nanoTime() - begin;
      tally.expected(sold, window.contains(start), end - start);
      start = end;
    }
    return tally;
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException broken) {
      // The connection is not used again, and the result of the load is already known.
    }
  }
}
