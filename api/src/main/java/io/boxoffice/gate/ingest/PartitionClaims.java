package io.boxoffice.gate.ingest;

import com.rabbitmq.client.AMQP.Queue;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.ShutdownSignalException;
import io.boxoffice.platform.rabbitmq.RabbitConnection;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares the partitions between replicas, and those of this replica between its workers. Each
 * replica counts the others at the broker, takes partitions that no other has, and gives up those
 * beyond its share after it has acknowledged what it received of them. A queue that belongs to one
 * connection is the lock of a partition.
 */
final class PartitionClaims {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionClaims.class);

  /** Without its plugin, the broker ends each connection that needs it. */
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(2);

  private final RabbitConnection connection;
  private final ScanTopology topology;
  private final List<ScanWorker> workers;
  private final IngestMetrics metrics;
  private final Clock clock;
  private final Map<String, Claim> mine = new HashMap<>();
  private Channel control;
  private long nextTry = System.nanoTime();

  /** A partition that this replica has. */
  private static final class Claim {
    final ScanWorker worker;
    final BacklogAge age = new BacklogAge();
    boolean ending;

    Claim(ScanWorker worker) {
      this.worker = worker;
    }
  }

  PartitionClaims(
      RabbitConnection connection,
      ScanTopology topology,
      List<ScanWorker> workers,
      IngestMetrics metrics,
      Clock clock) {
    this.connection = connection;
    this.topology = topology;
    this.workers = workers;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Brings the claims to what they should be now. After any failure it begins anew, on another
   * connection: the end of the old one ends all locks.
   *
   * @throws IllegalStateException when the broker is away or refuses
   */
  synchronized void check() {
    if (System.nanoTime() - nextTry < 0) {
      return;
    }
    try {
      if (control == null) {
        begin();
      }
      for (ScanWorker worker : workers) {
        if (worker.session() != null && worker.session().isLost()) {
          throw new IOException("A channel or a queue was lost");
        }
      }
      endClaims();
      share();
    } catch (IOException | ShutdownSignalException away) {
      nextTry = System.nanoTime() + AFTER_A_FAILURE.toNanos();
      giveUpAll();
      throw new IllegalStateException(explain(away), away);
    }
  }

  private static String explain(Exception away) {
    boolean isExplained = away.getMessage() != null && away.getMessage().contains("plugin");
    return isExplained ? away.getMessage() : RabbitConnection.reason(away);
  }

  private void begin() throws IOException {
    control = connection.channel();
    topology.declare(control);
    control.basicConsume(ScanTopology.MEMBERS, true, new DefaultConsumer(control));
  }

  /** Releases the partitions that were given up and have nothing left here. */
  private void endClaims() throws IOException {
    for (Iterator<Map.Entry<String, Claim>> all = mine.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<String, Claim> entry = all.next();
      Claim claim = entry.getValue();
      if (claim.ending && partition(entry.getKey(), claim).inFlight() == 0) {
        claim.worker.session().remove(entry.getKey());
        control.queueDelete(ScanTopology.lock(entry.getKey()));
        all.remove();
      }
    }
  }

  private static Session.Partition partition(String queue, Claim claim) {
    return claim.worker.session().partitions().get(queue);
  }

  private void share() throws IOException {
    int members = Math.max(1, ScanTopology.count(control, ScanTopology.MEMBERS).getConsumerCount());
    int share = (topology.partitions().size() + members - 1) / members;
    List<String> free = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    long waiting = 0;
    Duration oldest = Duration.ZERO;
    for (String queue : topology.partitions()) {
      Claim claim = mine.get(queue);
      // Before the count at the broker: a message in between is missed and not counted twice.
      long done = claim == null ? 0 : partition(queue, claim).done();
      long inFlight = claim == null ? 0 : partition(queue, claim).inFlight();
      Queue.DeclareOk seen = ScanTopology.count(control, queue);
      waiting += seen.getMessageCount() + inFlight;
      if (claim == null) {
        if (seen.getConsumerCount() == 0) {
          free.add(queue);
        }
        continue;
      }
      Duration age = claim.age.look(done, seen.getMessageCount() + inFlight, clock.instant());
      oldest = age.compareTo(oldest) > 0 ? age : oldest;
      if (!claim.ending) {
        kept.add(queue);
      }
    }
    for (int i = share; i < kept.size(); i++) {
      giveUp(kept.get(i));
    }
    Collections.shuffle(free, ThreadLocalRandom.current());
    for (String queue : free.subList(0, Math.max(0, Math.min(free.size(), share - kept.size())))) {
      claim(queue);
    }
    metrics.partitions(mine.size());
    metrics.seen(waiting, oldest, ScanTopology.count(control, ScanTopology.DEAD).getMessageCount());
  }

  private void giveUp(String queue) throws IOException {
    Claim claim = mine.get(queue);
    claim.worker.session().cancel(queue);
    claim.ending = true;
  }

  /** Takes a partition, unless another replica has taken it meanwhile. */
  private void claim(String queue) throws IOException {
    Channel channel = connection.channel();
    try {
      channel.queueDeclare(ScanTopology.lock(queue), false, true, false, Map.of());
      channel.close();
    } catch (IOException taken) {
      channel.abort();
      if (connection.isOpen()) {
        LOG.debug("Another replica took {}", queue, taken);
        return;
      }
      throw taken;
    } catch (TimeoutException late) {
      throw new IOException("RabbitMQ does not answer in time", late);
    }
    ScanWorker worker = workers.stream().min(Comparator.comparingInt(this::load)).orElseThrow();
    worker.add(queue);
    mine.put(queue, new Claim(worker));
  }

  private int load(ScanWorker worker) {
    return (int) mine.values().stream().filter(claim -> claim.worker == worker).count();
  }

  private void giveUpAll() {
    mine.clear();
    workers.forEach(ScanWorker::reset);
    control = null;
    connection.drop();
    metrics.partitions(0);
  }

  /** Ends the workers, and leaves all partitions to others. */
  synchronized void close() {
    workers.forEach(ScanWorker::close);
    giveUpAll();
  }
}
