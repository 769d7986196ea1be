package io.boxoffice.stress.bench;

import io.boxoffice.stress.bench.http.Generator;
import io.boxoffice.stress.bench.http.PurchaseRequests;
import io.boxoffice.stress.bench.report.LoadTally;
import io.boxoffice.stress.bench.report.Measurement;
import io.boxoffice.stress.bench.report.Window;
import io.boxoffice.stress.bench.safety.CleanUp;
import io.boxoffice.stress.bench.service.Accounts;
import io.boxoffice.stress.bench.service.Catalogue;
import io.boxoffice.stress.bench.service.PaymentPartner;
import io.boxoffice.stress.bench.service.Replica;
import io.boxoffice.stress.bench.service.SpanSink;
import io.boxoffice.stress.bench.sql.BenchDatabase;
import io.boxoffice.stress.bench.sql.TicketTypeRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The environment of the scenarios: the database, and warm processes that start on demand. */
public final class Stage {
  /** A purchase. */
  public static final int CREATED = 201;

  /** How long the payment partner needs for each charge. */
  public static final Duration PARTNER_DELAY = Duration.ofSeconds(2);

  private static final Duration WARM_UP_SLICE = Duration.ofSeconds(20);

  /** A process that serves buyers at a port. */
  public record Running(Replica replica, int port) {}

  private final CleanUp cleanUp;
  private final BenchDatabase database;
  private final BenchOptions options;
  private final Path folder;
  private final String operatorToken = UUID.randomUUID().toString();
  private final Map<Replica.Kind, Running> running = new EnumMap<>(Replica.Kind.class);
  private final Set<Replica.Kind> warm = EnumSet.noneOf(Replica.Kind.class);
  private final List<Replica> replicas = new ArrayList<>();
  private PaymentPartner partner;
  private SpanSink spans;

  /** A stage on the given database, which gets its schema; logs go to the folder. */
  public Stage(CleanUp cleanUp, BenchDatabase database, BenchOptions options, Path folder) {
    this.cleanUp = cleanUp;
    this.database = database;
    this.options = options;
    this.folder = folder;
    Replica migration = start(Replica.Kind.MIGRATION);
    migration.awaitEnd();
    stop(migration);
  }

  /** The payment partner of the processes with orders, started at first use. */
  public PaymentPartner partner() {
    if (partner == null) {
      partner = cleanUp.add(PaymentPartner.start(folder, PARTNER_DELAY));
    }
    return partner;
  }

  /** The options of the command line. */
  public BenchOptions options() {
    return options;
  }

  /** The database of all loads. */
  public BenchDatabase database() {
    return database;
  }

  /** The window of a load. */
  public Window window() {
    return Window.of(options.measured());
  }

  /** The warm process of a kind, started and warmed at first use. */
  public Running warm(Replica.Kind kind) {
    Running process = running(kind);
    if (warm.add(kind)) {
      warmUp(process, options.warmUp());
    }
    return process;
  }

  /** The process of a kind, warm or not. */
  public Running running(Replica.Kind kind) {
    return running.computeIfAbsent(kind, this::startReady);
  }

  /** A fresh process that has just become ready. */
  public Running startReady(Replica.Kind kind) {
    Replica replica = start(kind);
    return new Running(replica, replica.awaitReady());
  }

  /** Stops a process before the end of the run. */
  public void stop(Replica replica) {
    replicas.remove(replica);
    cleanUp.closeNow(replica);
  }

  /** Loads a process with purchases so that its code gets compiled. */
  public void warmUp(Running running, Duration length) {
    for (Duration rest = length; rest.toSeconds() > 0; rest = rest.minus(WARM_UP_SLICE)) {
      Duration slice = rest.compareTo(WARM_UP_SLICE) < 0 ? rest : WARM_UP_SLICE;
      PurchaseRequests requests = new PurchaseRequests(onSale(running, 1));
      load(
          "warm-up",
          Window.withoutLead(slice),
          () -> {
            try (Generator generator =
                new Generator(List.of(running.port()), options.connections())) {
              return generator.closed(requests, Window.withoutLead(slice), CREATED);
            }
          });
    }
  }

  /** The accounts at a process. */
  public Accounts accounts(Running running) {
    return new Accounts(running.port(), operatorToken);
  }

  /** Ticket types that no other load buys from, with the highest possible stock. */
  public List<TicketTypeRef> onSale(Running running, int types) {
    return onSale(running, types, Catalogue.LARGEST_STOCK);
  }

  /** Ticket types that no other load buys from. */
  public List<TicketTypeRef> onSale(Running running, int types, int capacity) {
    return new Catalogue(running.port(), operatorToken, database).create(types, capacity);
  }

  /** Buys one ticket, and gives the id of the purchase. */
  public String buy(Running running, TicketTypeRef type) {
    return new Catalogue(running.port(), operatorToken, database).buy(type);
  }

  /**
   * Deletes all sales and writes a checkpoint, so that no scenario is slowed down by the writes of
   * another.
   */
  public void clear() {
    database.execute(
        "TRUNCATE concerts, ticket_types, purchases, tickets, orders, outbox CASCADE",
        "CHECKPOINT");
  }

  /** Runs a load, prints its result on the terminal, and empties the logs. */
  public Measurement load(String name, Window window, Supplier<LoadTally> load) {
    long cpuBefore = cpuNanos();
    long serviceCpuBefore = serviceCpuNanos();
    long begin = System.nanoTime();
    LoadTally tally = load.get();
    double cores = (double) (cpuNanos() - cpuBefore) / (System.nanoTime() - begin);
    Measurement measurement =
        tally.measurement(window, cores, serviceCpuNanos() - serviceCpuBefore);
    replicas.forEach(Replica::emptyLog);
    if (partner != null) {
      partner.emptyLog();
    }
    System.err.printf(
        Locale.ROOT,
        "bench: %-28s %,10.0f/s   p50 %8.2f ms   p99 %8.2f ms   %s%n",
        name,
        measurement.rate(),
        measurement.p50(),
        measurement.p99(),
        tally.others().isEmpty() ? "" : "other answers: " + tally.others());
    return measurement;
  }

  private Replica start(Replica.Kind kind) {
    Path log =
        folder.resolve(
            "%s-%d.log".formatted(kind.name().toLowerCase(Locale.ROOT), replicas.size()));
    Replica replica = cleanUp.add(Replica.start(kind, database, operatorToken, more(kind), log));
    replicas.add(replica);
    return replica;
  }

  private Map<String, String> more(Replica.Kind kind) {
    return switch (kind) {
      case ORDERS -> partner().shopSettings();
      case TRACED, SELDOM_TRACED -> spans().shopSettings();
      default -> Map.of();
    };
  }

  private SpanSink spans() {
    if (spans == null) {
      spans = cleanUp.add(SpanSink.start());
    }
    return spans;
  }

  private long serviceCpuNanos() {
    return replicas.stream().mapToLong(Replica::cpuNanos).sum();
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }
}
