package io.boxoffice.gate.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.boxoffice.gate.scan.ScanReader.Item;
import io.boxoffice.gate.state.Outcome;
import io.boxoffice.gate.state.Scan;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.state.SeriesOrder;
import io.boxoffice.gate.state.Verdict;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.boxoffice.testing.BreakableProxy;
import io.boxoffice.testing.Eventually;
import io.dropwizard.jackson.Jackson;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Shows that the tests would notice repetitions and disorder, by leaving out what prevents them.
 */
class IngestControlsDatabaseTest extends IngestKit {
  private static final int SCANS = 2_000;
  private static final String COMPETING = "competing";

  private final List<Long> arrived = new CopyOnWriteArrayList<>();
  private final List<Connection> competitors = new ArrayList<>();

  @AfterEach
  void stopCompetitors() {
    competitors.forEach(Connection::abort);
  }

  private void publishAll() {
    UUID ticket = hall.ticket();
    for (int sequence = 1; sequence <= SCANS; sequence++) {
      publish("north", scan("north", sequence, ticket));
    }
  }

  /** Applies whatever comes, without looking at its position. */
  private List<ScanResult> withoutPosition(List<Item> items) {
    List<ScanResult> results = new ArrayList<>();
    for (Item item : items) {
      Scan scan = item.scan();
      arrived.add(scan.sequence());
      results.add(ScanResult.applied(scan.scanId(), new Verdict(Outcome.ADMITTED, null)));
    }
    return results;
  }

  @Test
  void withoutThePositionScansAreRepeated() {
    BreakableProxy proxy = BreakableProxy.to(rabbit.port());
    AtomicBoolean cut = new AtomicBoolean();
    replica(
        url.replace(":" + rabbit.port(), ":" + proxy.port()),
        new CollectorRegistry(),
        items -> {
          List<ScanResult> results = withoutPosition(items);
          if (arrived.size() > SCANS / 4 && cut.compareAndSet(false, true)) {
            proxy.close(); // The batch is done and not acknowledged.
          }
          return results;
        });
    publishAll();
    Eventually.within(LIMIT, cut::get);
    replica(url, prometheus, this::withoutPosition);
    Eventually.within(LIMIT, () -> new HashSet<>(arrived).size() == SCANS);
    assertThat(arrived.size()).isGreaterThan(SCANS);
  }

  /** Receives as two competing consumers do, of which one is slower. */
  private void compete() throws Exception {
    shipper.queueDeclare(COMPETING, true, false, false, Map.of("x-queue-type", "quorum"));
    shipper.exchangeDeclare("all", "fanout", true);
    shipper.queueBind(COMPETING, "all", "");
    for (Duration pause : List.of(Duration.ZERO, Duration.ofMillis(1))) {
      Connection connection = new RabbitSettings(url).factory().newConnection();
      competitors.add(connection);
      Channel channel = connection.createChannel();
      channel.basicQos(50);
      channel.basicConsume(COMPETING, false, consumer(channel, pause));
    }
  }

  private DefaultConsumer consumer(Channel channel, Duration pause) {
    return new DefaultConsumer(channel) {
      @Override
      public void handleDelivery(
          String tag, Envelope envelope, BasicProperties properties, byte[] body)
          throws IOException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < pause.toNanos()) {
          Thread.onSpinWait();
        }
        arrived.add(Jackson.newObjectMapper().readTree(body).path("sequence").asLong());
        channel.basicAck(envelope.getDeliveryTag(), false);
      }
    };
  }

  private void publishToCompeting() throws Exception {
    compete();
    UUID ticket = hall.ticket();
    for (int sequence = 1; sequence <= SCANS; sequence++) {
      shipper.basicPublish(
          "all", "", null, scan("north", sequence, ticket).getBytes(StandardCharsets.UTF_8));
    }
    Eventually.within(LIMIT, () -> arrived.size() == SCANS);
  }

  @Test
  void competingConsumersBreakTheOrder() throws Exception {
    publishToCompeting();
    long overtaken = 0;
    for (int i = 1; i < arrived.size(); i++) {
      overtaken += arrived.get(i) < arrived.get(i - 1) ? 1 : 0;
    }
    assertThat(overtaken).isPositive();
  }

  @Test
  void withoutParkingScansThatArriveEarlyAreLost() throws Exception {
    publishToCompeting();
    SeriesOrder parking = new SeriesOrder(0, Map.of());
    long last = 0;
    for (long sequence : arrived) {
      last = sequence == last + 1 ? sequence : last; // Others are dropped.
      var unused = parking.place(sequence, new UUID(0, sequence));
    }
    assertThat(last).isLessThan(SCANS);
    assertThat(parking.last()).isEqualTo(SCANS);
  }
}
