package io.boxoffice.gate.ingest;

import com.codahale.metrics.MetricRegistry;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.boxoffice.gate.scan.ScanReader.Item;
import io.boxoffice.gate.scan.ScanService;
import io.boxoffice.gate.scan.TestScans;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.store.Hall;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.boxoffice.testing.TestRabbit;
import io.dropwizard.jackson.Jackson;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Helps tests of scans through a real broker: replicas, a shipper, and what is dead. */
abstract class IngestKit {
  static final Duration LIMIT = Duration.ofSeconds(60);
  static final int PARTITIONS = 4;

  static TestRabbit rabbit;

  final Hall hall = new Hall();
  final ScanService scans = TestScans.of(hall.jdbi());
  final CollectorRegistry prometheus = new CollectorRegistry();

  private final List<ScanIngestion> replicas = new ArrayList<>();
  private Connection connection;
  Channel shipper;
  String url;

  @BeforeAll
  static void startBroker() {
    rabbit = TestRabbit.running();
  }

  @AfterAll
  static void stopBroker() {
    if (rabbit != null) {
      rabbit.close();
    }
  }

  @BeforeEach
  final void connect() throws Exception {
    url = rabbit.emptyHost();
    connection = new RabbitSettings(url).factory().newConnection();
    shipper = connection.createChannel();
    new ScanTopology(PARTITIONS).declare(shipper);
    shipper.confirmSelect();
  }

  @AfterEach
  final void stopAll() throws Exception {
    replicas.forEach(ScanIngestion::stop);
    connection.abort();
  }

  /** Starts a replica that applies as the service does. */
  final ScanIngestion replica(CollectorRegistry registry) {
    return replica(url, registry, scans::results);
  }

  final ScanIngestion replica(
      String address,
      CollectorRegistry registry,
      Function<List<Item>, List<ScanResult>> transaction) {
    IngestOptions options =
        new IngestOptions(
            200,
            Duration.ofMillis(5),
            200,
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofMillis(50));
    ScanIngestion replica =
        new ScanIngestion(
            new RabbitSettings(address),
            new IngestSettings(PARTITIONS, 2),
            options,
            new MessageReader(Jackson.newObjectMapper(), scans::read, Clock.systemUTC()),
            new BatchApplier(transaction),
            new MetricRegistry(),
            new IngestMetrics(registry),
            Clock.systemUTC());
    replicas.add(replica);
    replica.start();
    return replica;
  }

  /** Publishes as a shipper, with the gate as routing key. */
  final void publish(String gate, String body) {
    try {
      shipper.basicPublish(
          ScanTopology.SCANS,
          gate,
          new BasicProperties.Builder().deliveryMode(2).build(),
          body.getBytes(StandardCharsets.UTF_8));
    } catch (Exception cause) {
      throw new IllegalStateException(cause);
    }
  }

  static String scan(String gate, long sequence, UUID ticket) {
    return """
        {"scanId": "%s", "gate": "%s", "sequence": %d, "ticketId": "%s"}"""
        .formatted(UUID.randomUUID(), gate, sequence, ticket);
  }

  /** Takes a dead letter, or returns null. */
  final GetResponse takeDead() {
    try {
      return shipper.basicGet(ScanTopology.DEAD, true);
    } catch (Exception cause) {
      throw new IllegalStateException(cause);
    }
  }

  static String reason(GetResponse dead) {
    return dead.getProps().getHeaders().get(DeadLetters.REASON).toString();
  }

  final long applied() {
    return hall.number("SELECT count(*) FROM scans");
  }

  final double sample(String name, String label, String value) {
    Double sample =
        label == null
            ? prometheus.getSampleValue(name)
            : prometheus.getSampleValue(name, new String[] {label}, new String[] {value});
    return sample == null ? Double.NaN : sample;
  }
}
