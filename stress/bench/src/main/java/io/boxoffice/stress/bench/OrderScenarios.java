package io.boxoffice.stress.bench;

import io.boxoffice.stress.bench.http.Arrivals;
import io.boxoffice.stress.bench.http.Generator;
import io.boxoffice.stress.bench.http.PurchaseRequests;
import io.boxoffice.stress.bench.http.ReadRequests;
import io.boxoffice.stress.bench.report.Goal;
import io.boxoffice.stress.bench.report.LoadTally;
import io.boxoffice.stress.bench.report.Measurement;
import io.boxoffice.stress.bench.report.Section;
import io.boxoffice.stress.bench.report.Window;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.service.Replica;
import io.boxoffice.stress.bench.service.ThreadCount;
import io.boxoffice.stress.bench.sql.OrderCheck;
import io.boxoffice.stress.bench.sql.SalesCheck;
import io.boxoffice.stress.bench.sql.TicketTypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The scenario about orders that are paid at a slow partner. */
final class OrderScenarios {
  private static final String ORDERS = "orders, hold to confirmation";
  private static final String READS = "reads beside";
  private static final String ALONE = "reads alone";
  private static final int IN_FLIGHT = 1_000;
  private static final double READS_PER_SECOND = 100;
  private static final int READERS = 64;
  private static final int OK = 200;
  private static final long SEED = 20261129;
  private static final int MOST_THREADS = 149;
  private static final double READ_P99_MILLIS = 100;
  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final long SETTLING_PAUSE_MILLIS = 200;

  private final Stage stage;
  private double threads;
  private long lost;

  OrderScenarios(Stage stage) {
    this.stage = stage;
  }

  /** A thousand buyers hold and pay in one request, and send the next one after its answer. */
  Section checkout() {
    threads = 0;
    lost = 0;
    Section section = new Section("checkout", "1,000 orders in flight at a partner of 2 s");
    Stage.Running service = stage.warm(Replica.Kind.ORDERS);
    stage.clear();
    order("warm-up", service, Window.withoutLead(stage.options().warmUp().dividedBy(4)));
    for (int round = 0; round < stage.options().rounds(); round++) {
      stage.clear();
      List<String> paths = pathsToRead(service);
      section.add(
          ALONE, stage.load(ALONE, stage.window(), () -> read(service, paths, stage.window())));
      // By the end of the lead, each buyer has sent its second order.
      Window window = new Window(Stage.PARTNER_DELAY.multipliedBy(2), stage.options().measured());
      CompletableFuture<LoadTally> reads =
          CompletableFuture.supplyAsync(
              () -> read(service, paths, window), task -> new Thread(task, "reads").start());
      section.add(ORDERS, order(ORDERS, service, window));
      section.add(READS, reads.join().measurement(window, 0, 0));
    }
    double allowed = IN_FLIGHT / (Stage.PARTNER_DELAY.toMillis() / 1e3);
    section.compare(
        "orders confirmed / the %.0f that 1,000 in flight allow".formatted(allowed),
        round -> round.of(ORDERS).rate() / allowed,
        Goal.atLeast(0.9));
    section.compare("most threads of the shop", round -> threads, Goal.atMost(MOST_THREADS));
    section.compare(
        "p99 of reads beside, ms", round -> round.of(READS).p99(), Goal.atMost(READ_P99_MILLIS));
    section.compare("orders lost, by states and ledger", round -> lost, Goal.atMost(0));
    return section;
  }

  private Measurement order(String name, Stage.Running service, Window window) {
    List<TicketTypeRef> types = stage.onSale(service, 1);
    PurchaseRequests requests = PurchaseRequests.paidOrders(types);
    Instant begin = Instant.now();
    LoadTally[] seen = new LoadTally[1];
    Measurement measurement =
        stage.load(
            name,
            window,
            () -> {
              try (ThreadCount count = ThreadCount.watch(service.replica().pid());
                  Generator buyers = new Generator(List.of(service.port()), IN_FLIGHT)) {
                seen[0] = buyers.closed(requests, window, Stage.CREATED, Stage.PARTNER_DELAY);
                threads = Math.max(threads, count.most());
              }
              return seen[0];
            });
    audit(types, seen[0], begin);
    return measurement;
  }

  /** Compares answers, states and charges, after the orders without an answer have an end. */
  private void audit(List<TicketTypeRef> types, LoadTally tally, Instant begin) {
    OrderCheck check = new OrderCheck(stage.database());
    OrderCheck.Orders orders = check.of(types.get(0));
    Instant end = Instant.now().plus(SETTLING);
    while (orders.paying() > 0 && Instant.now().isBefore(end)) {
      pause();
      orders = check.of(types.get(0));
    }
    long lostNow = orders.lost(tally.expectedInAll(), stage.partner().charged(begin));
    lost += lostNow;
    // Stock is off by none of these: it has an audit of its own.
    new SalesCheck(stage.database()).requireStocks(types);
    System.err.printf(
        Locale.ROOT,
        "bench: %,d orders confirmed, %,d answers said so, %d lost, at most %.0f threads%n",
        orders.sold().size(),
        tally.expectedInAll(),
        lostNow,
        threads);
  }

  /** A concert and a purchase that no other load uses: one read is cached, one is not. */
  private List<String> pathsToRead(Stage.Running service) {
    TicketTypeRef type = stage.onSale(service, 1).get(0);
    return List.of("/v1/concerts/" + type.concertId(), "/v1/purchases/" + stage.buy(service, type));
  }

  private LoadTally read(Stage.Running service, List<String> paths, Window window) {
    try (Generator readers = new Generator(List.of(service.port()), READERS)) {
      return readers.open(
          new ReadRequests(paths), window, OK, new Arrivals(READS_PER_SECOND, SEED));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(SETTLING_PAUSE_MILLIS);
    } catch (InterruptedException cause) {
      throw new BenchException("interrupted", cause);
    }
  }
}
