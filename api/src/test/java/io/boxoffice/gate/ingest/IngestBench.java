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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * Measures how fast workers apply a backlog of single scans, from RabbitMQ to a database whose
 * commits wait for the disk. Run it by {@code ./boxoffice bench ingestion}.
 */
final class IngestBench {
  private static final int SCANS = 20_000;
  private static final int GATES = 32;
  private static final int PARTITIONS = 8;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final TestRabbit rabbit;
  private final Hall hall;
  private final ScanService scans;

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
  }

  /** Prints the rate for 1, 2 and 4 workers. */
  public static void main(String[] arguments) throws Exception {
    if (!TestRabbit.isInstalled()) {
      System.out.println("skipped: RabbitMQ is not installed (apt-get install rabbitmq-server)");
      return;
    }
    try (TestRabbit rabbit = TestRabbit.running()) {
      IngestBench bench = new IngestBench(rabbit);
      bench.rate(2, "warm-up");
      for (int workers : new int[] {1, 2, 4}) {
        double rate = bench.rate(workers, "gate-" + workers);
        System.out.printf("%d workers: %,.0f scans/s%n", workers, rate);
      }
    }
    System.exit(0);
  }

  private double rate(int workers, String prefix) throws Exception {
    String url = rabbit.emptyHost();
    publish(url, prefix);
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
    Eventually.within(LIMIT, () -> hall.number("SELECT count(*) FROM scans") == before + SCANS);
    double rate = SCANS * 1e9 / (System.nanoTime() - begin);
    ingestion.stop();
    return rate;
  }

  private void publish(String url, String prefix) throws Exception {
    List<UUID> tickets = hall.tickets(SCANS);
    for (int gate = 0; gate < GATES; gate++) {
      hall.gate(prefix + "-" + gate, hall.concertId());
    }
    BasicProperties properties = new BasicProperties.Builder().deliveryMode(2).build();
    try (Connection connection = new RabbitSettings(url).factory().newConnection();
        Channel channel = connection.createChannel()) {
      new ScanTopology(PARTITIONS).declare(channel);
      channel.confirmSelect();
      for (int i = 0; i < SCANS; i++) {
        String gate = prefix + "-" + i % GATES;
        String scan = IngestKit.scan(gate, i / GATES + 1L, tickets.get(i));
        channel.basicPublish(
            ScanTopology.SCANS, gate, properties, scan.getBytes(StandardCharsets.UTF_8));
      }
      channel.waitForConfirmsOrDie(LIMIT.toMillis());
    }
  }
}
