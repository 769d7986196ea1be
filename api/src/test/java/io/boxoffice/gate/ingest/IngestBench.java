package io.boxoffice.gate.ingest;

import com.codahale.metrics.MetricRegistry;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.zaxxer.hikari.HikariDataSource;
import io.boxoffice.gate.scan.ScanService;
import io.boxoffice.gate.scan.TestScans;
import io.boxoffice.gate.store.Hall;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestRabbit;
import io.dropwizard.jackson.Jackson;
import io.prometheus.client.CollectorRegistry;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * Measures how fast workers apply a backlog of single scans, from RabbitMQ to a database whose
 * commits wait for the disk. Run it by {@code ./boxoffice bench ingestion [SCANS]}: with a number,
 * two workers apply so large a backlog, and the memory that they need is measured.
 */
final class IngestBench {
  private static final int SCANS = 40_000;
  private static final int ROUNDS = 3;
  private static final List<Integer> WORKERS = List.of(1, 2, 4);
  private static final int GATES = 32;
  private static final int PARTITIONS = 8;
  private static final int TICKETS = 20_000;
  private static final int TICKETS_OF_A_PURCHASE = 100;
  private static final int CONFIRMED_TOGETHER = 5_000;
  private static final String WAL =
      "SELECT CAST(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS bigint)";
  private static final String SIZE =
      "SELECT CAST(sum(pg_total_relation_size(inhrelid)) AS bigint) FROM pg_inherits"
          + " WHERE inhparent = 'scans'::regclass";
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final TestRabbit rabbit;
  private final Hall hall;
  private final ScanService scans;
  private final List<UUID> tickets = new ArrayList<>();
  private int runs;

  private IngestBench(TestRabbit rabbit) {
    TestDatabase database = TestDatabase.migrated().durable();
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(database.url());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    this.rabbit = rabbit;
    this.hall = new Hall(database);
    this.scans =
        TestScans.of(
            Jdbi.create(pool)
                .installPlugin(new PostgresPlugin())
                .installPlugin(new SqlObjectPlugin()));
    while (tickets.size() < TICKETS) {
      tickets.addAll(hall.tickets(TICKETS_OF_A_PURCHASE));
    }
  }

  /** Prints the rates of 1, 2 and 4 workers, or the rate and the memory of two with a backlog. */
  public static void main(String[] arguments) throws Exception {
    if (!TestRabbit.isInstalled()) {
      System.out.println("skipped: RabbitMQ is not installed (apt-get install rabbitmq-server)");
      return;
    }
    try (TestRabbit rabbit = TestRabbit.running()) {
      IngestBench bench = new IngestBench(rabbit);
      if (arguments.length > 0) {
        bench.backlog(Integer.parseInt(arguments[0]));
      } else {
        bench.rates();
      }
    }
    System.exit(0);
  }

  private void rates() throws Exception {
    rate(2, SCANS);
    long scansBefore = hall.number("SELECT count(*) FROM scans");
    long walBefore = hall.number(WAL);
    Map<Integer, List<Double>> rates = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (int workers : WORKERS) {
        rates.computeIfAbsent(workers, none -> new ArrayList<>()).add(rate(workers, SCANS));
      }
    }
    double one = median(rates.get(1));
    rates.forEach(
        (workers, measured) ->
            System.out.printf(
                "%d workers: %,.0f scans/s, %.1f times one worker (median of %d)%n",
                workers, median(measured), median(measured) / one, ROUNDS));
    long applied = hall.number("SELECT count(*) FROM scans") - scansBefore;
    System.out.printf(
        "%,d bytes of WAL for each scan, %,d bytes in its table and indexes%n",
        (hall.number(WAL) - walBefore) / applied,
        hall.number(SIZE) / hall.number("SELECT count(*) FROM scans"));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private void backlog(int quantity) throws Exception {
    double rate = rate(2, quantity);
    long most =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getCollectionUsage() != null)
            .mapToLong(pool -> pool.getCollectionUsage().getUsed())
            .sum();
    System.out.printf(
        "a backlog of %,d scans: %,.0f scans/s; heap of at most %,d MiB, %,d MiB used after the last"
            + " collection%n",
        quantity, rate, Runtime.getRuntime().maxMemory() >> 20, most >> 20);
  }

  private double rate(int workers, int quantity) throws Exception {
    String url = rabbit.emptyHost();
    publish(url, quantity);
    long before = hall.number("SELECT count(*) FROM scans");
    ScanIngestion ingestion =
        new ScanIngestion(
            new RabbitSettings(url),
            new IngestSettings(PARTITIONS, workers),
            IngestOptions.standard(),
            new MessageReader(Jackson.newObjectMapper(), scans::read, Clock.systemUTC()),
            new BatchApplier(scans::results),
            new MetricRegistry(),
            new IngestMetrics(new CollectorRegistry()),
            Clock.systemUTC());
    long begin = System.nanoTime();
    ingestion.start();
    Eventually.within(LIMIT, () -> hall.number("SELECT count(*) FROM scans") == before + quantity);
    double rate = quantity * 1e9 / (System.nanoTime() - begin);
    ingestion.stop();
    return rate;
  }

  /** Publishes scans of gates of this run's own; the tickets are scanned in turn. */
  private void publish(String url, int quantity) throws Exception {
    String prefix = "run-" + ++runs + "-";
    for (int gate = 0; gate < GATES; gate++) {
      hall.gate(prefix + gate, hall.concertId());
    }
    BasicProperties properties = new BasicProperties.Builder().deliveryMode(2).build();
    try (Connection connection = new RabbitSettings(url).factory().newConnection();
        Channel channel = connection.createChannel()) {
      new ScanTopology(PARTITIONS).declare(channel);
      channel.confirmSelect();
      for (int i = 0; i < quantity; i++) {
        String gate = prefix + i % GATES;
        String scan = IngestKit.scan(gate, i / GATES + 1L, tickets.get(i % TICKETS));
        channel.basicPublish(
            ScanTopology.SCANS, gate, properties, scan.getBytes(StandardCharsets.UTF_8));
        if (i % CONFIRMED_TOGETHER == 0) {
          channel.waitForConfirmsOrDie(LIMIT.toMillis());
        }
      }
      channel.waitForConfirmsOrDie(LIMIT.toMillis());
    }
  }
}
