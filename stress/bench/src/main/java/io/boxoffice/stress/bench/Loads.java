package io.boxoffice.stress.bench;

import io.boxoffice.stress.bench.http.Arrivals;
import io.boxoffice.stress.bench.http.Generator;
import io.boxoffice.stress.bench.http.PurchaseRequests;
import io.boxoffice.stress.bench.report.LoadTally;
import io.boxoffice.stress.bench.report.Measurement;
import io.boxoffice.stress.bench.report.Window;
import io.boxoffice.stress.bench.service.Replica;
import io.boxoffice.stress.bench.sql.JdbcLoad;
import io.boxoffice.stress.bench.sql.SalesCheck;
import io.boxoffice.stress.bench.sql.TicketTypeRef;
import io.boxoffice.stress.bench.sql.Ways;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The loads that scenarios compare, each on ticket types that no other buys from. Every load that
 * sells is audited: without a correct audit it has no figures.
 */
final class Loads {
  private static final int CONFLICT = 409;
  private static final long SEED = 20261120;
  private static final int UNITS_PER_SECOND = 15_000;

  private final Stage stage;
  private final SalesCheck audit;
  private final JdbcLoad jdbc;
  private final int connections;

  Loads(Stage stage) {
    this.stage = stage;
    this.audit = new SalesCheck(stage.database());
    this.jdbc = new JdbcLoad(stage.database());
    this.connections = stage.options().connections();
  }

  /** Sells by JDBC from a row for each ticket. */
  Measurement unitRows() {
    List<TicketTypeRef> types = jdbcTypes();
    Window window = stage.window();
    int units = (int) (UNITS_PER_SECOND * window.totalNanos() / 1e9);
    Ways.prepareUnits(stage.database(), types.get(0), units);
    return stage.load(
        Ways.fromUnits().name(),
        window,
        () -> {
          LoadTally tally = jdbc.run(Ways.fromUnits(), types.get(0), window);
          audit.requireUnitsSold(tally.expectedInAll());
          return tally;
        });
  }

  /** Sells by JDBC in the given way. */
  Measurement baseline(Ways.Named way) {
    List<TicketTypeRef> types = jdbcTypes();
    Window window = stage.window();
    return audited(way.name(), types, window, () -> jdbc.run(way, types.get(0), window));
  }

  private List<TicketTypeRef> jdbcTypes() {
    return stage.onSale(stage.running(Replica.Kind.SELLING), 1);
  }

  /**
   * Sends requests to the process that does not sell, and to others of its kind at the given ports.
   */
  Measurement noSale(String name, int connections, Integer... otherPorts) {
    return noSale(name, stage.running(Replica.Kind.NO_SALE), connections, otherPorts);
  }

  /** Sends requests to the process that does not sell and has a rate limit. */
  Measurement limited(String name, int connections) {
    return noSale(name, stage.running(Replica.Kind.LIMITED), connections);
  }

  private Measurement noSale(
      String name, Stage.Running noSale, int connections, Integer... otherPorts) {
    PurchaseRequests requests = new PurchaseRequests(stage.onSale(noSale, 1));
    List<Integer> ports = Stream.concat(Stream.of(noSale.port()), Stream.of(otherPorts)).toList();
    Function<Generator, LoadTally> load =
        each -> each.closed(requests, stage.window(), Stage.CREATED);
    return stage.load(name, stage.window(), () -> generate(connections, ports, load));
  }

  /** Sells the given number of ticket types in turn, at the given ports, for the usual time. */
  Measurement sell(String name, int types, int connections, List<Integer> ports) {
    return sell(name, types, connections, ports, stage.window());
  }

  /** Sells for the given time. */
  Measurement sell(String name, int count, int connections, List<Integer> ports, Window window) {
    List<TicketTypeRef> types = stage.onSale(stage.running(Replica.Kind.SELLING), count);
    PurchaseRequests requests = new PurchaseRequests(types);
    return audited(
        name,
        types,
        window,
        () -> generate(connections, ports, each -> each.closed(requests, window, Stage.CREATED)));
  }

  /** Holds tickets of one type for orders that are not paid. */
  Measurement hold(String name) {
    List<TicketTypeRef> types = stage.onSale(stage.running(Replica.Kind.SELLING), 1);
    PurchaseRequests requests = PurchaseRequests.holds(types);
    Window window = stage.window();
    return audited(
        name,
        types,
        window,
        () ->
            generate(connections, selling(), each -> each.closed(requests, window, Stage.CREATED)));
  }

  /**
   * Sells one ticket type at the given process.
   *
   * @param tokens access tokens that the purchases have in turn; none for purchases without
   * @param atEnd runs before the logs are emptied
   */
  Measurement sell(String name, Stage.Running service, List<String> tokens, Runnable atEnd) {
    List<TicketTypeRef> types = stage.onSale(service, 1);
    PurchaseRequests requests = new PurchaseRequests(types, tokens);
    Window window = stage.window();
    return audited(
        name,
        types,
        window,
        () -> {
          LoadTally tally =
              generate(
                  connections,
                  List.of(service.port()),
                  each -> each.closed(requests, window, Stage.CREATED));
          atEnd.run();
          return tally;
        });
  }

  private Measurement audited(
      String name, List<TicketTypeRef> types, Window window, Supplier<LoadTally> load) {
    LoadTally[] seen = new LoadTally[1];
    Measurement measurement = stage.load(name, window, () -> seen[0] = load.get());
    audit.requireSold(types, seen[0].expectedInAll());
    return measurement;
  }

  private static LoadTally generate(
      int connections, List<Integer> ports, Function<Generator, LoadTally> load) {
    try (Generator generator = new Generator(ports, connections)) {
      return load.apply(generator);
    }
  }

  /** Sends purchases of types that are sold out. */
  Measurement refuse(String name, List<TicketTypeRef> types, Window window) {
    PurchaseRequests requests = new PurchaseRequests(types);
    return stage.load(
        name,
        window,
        () -> generate(connections, selling(), each -> each.closed(requests, window, CONFLICT)));
  }

  /**
   * Sells to buyers that arrive at random at a rate, independent of the answers to earlier ones.
   */
  Measurement arrive(String name, double rate) {
    List<TicketTypeRef> types = stage.onSale(stage.running(Replica.Kind.SELLING), 1);
    PurchaseRequests requests = new PurchaseRequests(types);
    Arrivals arrivals = new Arrivals(rate, SEED);
    return audited(
        name,
        types,
        stage.window(),
        // More connections than requests in flight, so that no arrival waits for a connection.
        () ->
            generate(
                connections * 4,
                selling(),
                each -> each.open(requests, stage.window(), Stage.CREATED, arrivals)));
  }

  /** The port of the process that sells. */
  List<Integer> selling() {
    return List.of(stage.running(Replica.Kind.SELLING).port());
  }
}
