package io.boxoffice.process;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs two replicas and the payment partner as processes on ports that stay the same, and does harm
 * to them.
 */
final class TortureFleet implements AutoCloseable {
  static final String[] OPERATOR = {"Authorization", "Bearer torture-operator"};
  private static final String SECRET = "torture-callback-secret";
  private static final int LONGEST_STOP_SECONDS = 9;

  /** One process of the fleet. */
  private static final class Member {
    private final boolean replica;
    private final Map<String, String> environment;
    private final AtomicReference<ServiceProcess> process = new AtomicReference<>();

    Member(boolean replica, Map<String, String> environment) {
      this.replica = replica;
      this.environment = environment;
    }

    ApiClient start() {
      process.set(
          replica ? ServiceProcess.server(environment) : ServiceProcess.partner(environment));
      return process.get().awaitClient();
    }
  }

  private final TestDatabase database;
  private final List<Member> replicas;
  private final Member partner;
  private final List<ApiClient> clients;
  private final ApiClient ledger;
  private final Map<String, Integer> harm = new TreeMap<>();

  /**
   * Starts the fleet.
   *
   * @param folder keeps the partner's ledger
   */
  TortureFleet(TestDatabase database, Path folder) {
    this.database = database;
    int firstPort = freePort();
    int partnerPort = freePort();
    this.partner =
        new Member(
            false,
            Map.of(
                "PORT",
                Integer.toString(partnerPort),
                "PAYMENT_DATA_DIR",
                folder.toString(),
                "PAYMENT_DELAY",
                "300ms",
                "PAYMENT_DECLINE_PERCENT",
                "10",
                "PAYMENT_LOST_PERCENT",
                "10",
                "PAYMENT_DUPLICATE_PERCENT",
                "20",
                "SLOW_DELAY",
                "11s",
                "CALLBACK_URL",
                "http://127.0.0.1:%d/v1/partner-callbacks/payment".formatted(firstPort),
                "PAYMENT_CALLBACK_SECRET",
                SECRET));
    this.replicas = List.of(replica(firstPort, partnerPort), replica(freePort(), partnerPort));
    this.ledger = partner.start();
    this.clients = replicas.stream().map(Member::start).toList();
  }

  private Member replica(int port, int partnerPort) {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("PORT", Integer.toString(port));
    environment.put("OPERATOR_TOKEN", "torture-operator");
    environment.put("PAYMENT_URL", "http://127.0.0.1:" + partnerPort);
    environment.put("PAYMENT_CALLBACK_SECRET", SECRET);
    environment.put("PAYMENT_TIMEOUT", "2s");
    environment.put("PAYMENT_BREAKER_SLOW_AFTER", "1900ms");
    environment.put("PAYMENT_BREAKER_PAUSE", "1s");
    environment.put("RATE_LIMITS", ServiceProcess.MANY_ORDERS);
    environment.put("ORDER_HOLD", "4s");
    environment.put("ORDER_PAYMENT_LIMIT", "4s");
    return new Member(true, environment);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Sends a request to a replica; empty if the client does not know what became of it. */
  Optional<Answer> call(int replica, String method, String path, String body, String... headers) {
    try {
      return Optional.of(clients.get(replica).send(method, path, body, headers));
    } catch (RuntimeException lost) {
      return Optional.empty();
    }
  }

  /** Reads from the partner. */
  ApiClient ledger() {
    return ledger;
  }

  /** What was done to the processes, and how often. */
  Map<String, Integer> harm() {
    return harm;
  }

  /** Does harm to one process, and returns when it works again. */
  void harm(Random random) throws InterruptedException {
    int victim = random.nextInt(replicas.size() + 1);
    Member member = victim < replicas.size() ? replicas.get(victim) : partner;
    String name = member.replica ? "a replica" : "the partner";
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        count("SIGKILL of " + name);
        member.process.get().kill();
        member.start();
      }
      case 2, 3 -> {
        count("SIGSTOP of " + name);
        member.process.get().signal("STOP");
        TimeUnit.SECONDS.sleep(1 + random.nextInt(LONGEST_STOP_SECONDS));
        member.process.get().signal("CONT");
      }
      default -> {
        count("end of all connections to the database");
        database.endConnections();
      }
    }
  }

  private void count(String what) {
    harm.merge(what, 1, Integer::sum);
  }

  @Override
  public void close() throws InterruptedException {
    for (Member member : replicas) {
      member.process.get().close();
    }
    partner.process.get().close();
  }
}
