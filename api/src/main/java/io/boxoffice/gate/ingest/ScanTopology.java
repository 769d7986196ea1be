package io.boxoffice.gate.ingest;

import com.rabbitmq.client.AMQP.Queue;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Names and declares the exchange that shippers publish to, and the queues behind it. To declare
 * again changes nothing, and replaces what was deleted.
 */
final class ScanTopology {
  /**
   * The exchange of shippers. It spreads the routing keys, which are gates, over the partitions.
   */
  static final String SCANS = "boxoffice.scans";

  /** The exchange and the queue of messages and scans that are not applied. */
  static final String DEAD = SCANS + ".dead";

  /** The queue at which each replica is counted. It is always empty. */
  static final String MEMBERS = SCANS + ".members";

  /** The longest a queue grows; then RabbitMQ refuses further messages. */
  private static final int MOST_MESSAGES = 1_000_000;

  private static final long MOST_BYTES = 512L * 1024 * 1024;

  /** The end of a process counts as a delivery, and must not make dead letters of good scans. */
  private static final int MOST_DELIVERIES = 20;

  private static final String HASHING = "x-consistent-hash";
  private static final String EQUAL_WEIGHT = "1";

  private final List<String> partitions;

  ScanTopology(int partitions) {
    this.partitions = IntStream.range(0, partitions).mapToObj(i -> SCANS + "." + i).toList();
  }

  /** The queues of the partitions. */
  List<String> partitions() {
    return partitions;
  }

  /** Returns the queue that belongs to the connection of the replica that has a partition. */
  static String lock(String partition) {
    return partition + ".owner";
  }

  /**
   * Declares all.
   *
   * @throws IOException when RabbitMQ is away or refuses; the message says if it lacks the plugin
   */
  void declare(Channel channel) throws IOException {
    channel.exchangeDeclare(DEAD, BuiltinExchangeType.FANOUT, true);
    channel.queueDeclare(DEAD, true, false, false, quorum(Map.of()));
    channel.queueBind(DEAD, DEAD, "");
    channel.queueDeclare(MEMBERS, true, false, false, quorum(Map.of()));
    declareExchange(channel);
    for (String partition : partitions) {
      channel.queueDeclare(partition, true, false, false, partitionArguments());
      channel.queueBind(partition, SCANS, EQUAL_WEIGHT);
    }
  }

  private static void declareExchange(Channel channel) throws IOException {
    try {
      // Scans of a partition that was deleted become dead letters, until it is declared again.
      channel.exchangeDeclare(SCANS, HASHING, true, false, Map.of("alternate-exchange", DEAD));
    } catch (IOException refused) {
      if (refused.getCause() instanceof ShutdownSignalException signal
          && String.valueOf(signal.getReason()).contains("unknown exchange type")) {
        throw new IOException(
            "RabbitMQ needs its plugin rabbitmq_consistent_hash_exchange. Enable it, or set"
                + " SCAN_PARTITIONS=0 to receive no scans",
            refused);
      }
      throw refused;
    }
  }

  private static Map<String, Object> partitionArguments() {
    Map<String, Object> arguments = new HashMap<>();
    arguments.put("x-single-active-consumer", true);
    arguments.put("x-delivery-limit", MOST_DELIVERIES);
    arguments.put("x-max-length", MOST_MESSAGES);
    arguments.put("x-max-length-bytes", MOST_BYTES);
    // What is dead-lettered leaves its queue only when the other one has confirmed it.
    arguments.put("x-overflow", "reject-publish");
    arguments.put("x-dead-letter-exchange", DEAD);
    arguments.put("x-dead-letter-strategy", "at-least-once");
    return quorum(arguments);
  }

  private static Map<String, Object> quorum(Map<String, Object> further) {
    Map<String, Object> arguments = new HashMap<>(further);
    arguments.put("x-queue-type", "quorum");
    return arguments;
  }

  /**
   * Counts the messages of a queue that no consumer has received, and its consumers.
   *
   * @throws IOException when there is no such queue; the channel is closed then
   */
  static Queue.DeclareOk count(Channel channel, String queue) throws IOException {
    return channel.queueDeclarePassive(queue);
  }
}
