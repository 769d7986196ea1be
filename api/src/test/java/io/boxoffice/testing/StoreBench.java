package io.boxoffice.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.boxoffice.account.store.SessionDao;
import io.boxoffice.concert.ComparedReads;
import io.boxoffice.platform.limit.ComparedLimits;
import io.boxoffice.platform.redis.Redis;
import io.boxoffice.platform.redis.Script;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.postgresql.PGConnection;

/**
 * Compares PostgreSQL, Redis and memory for what the service could keep in each: {@code ./boxoffice
 * bench stores [SECONDS [ROUNDS]]}. One thread runs one operation after the other, on servers of
 * its own on this machine. The sides take turns in each round, and the median of the rounds counts.
 */
public final class StoreBench {
  private static final int PARTITIONS = 1_000;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int MOST_SECONDS = 20;
  private static final int MOST_ROUNDS = 15;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int LISTEN_MILLIS = 100;
  private static final String CHANNEL = "compared";
  private static final Script GET = Script.of("session", "return {redis.call('GET', KEYS[1])}");
  private static final Script SET =
      Script.of("session", "redis.call('SET', KEYS[1], ARGV[1]) return {}");
  private static final Script PUBLISH =
      Script.of("notice", "redis.call('PUBLISH', KEYS[1], '') return {}");

  private final long nanos;
  private final int rounds;

  private StoreBench(long nanos, int rounds) {
    this.nanos = nanos;
    this.rounds = rounds;
  }

  /** Prints a table for each use. */
  public static void main(String[] arguments) throws Exception {
    if (!TestRedis.isAvailable()) {
      System.out.println(
          "skipped: there is no Redis for this machine. Install one (Debian: apt install redis-server).");
      return;
    }
    int seconds = number(arguments, 0, 1, MOST_SECONDS);
    int rounds = number(arguments, 1, 5, MOST_ROUNDS);
    new StoreBench(TimeUnit.SECONDS.toNanos(seconds), rounds).run();
    System.exit(0);
  }

  private static int number(String[] arguments, int index, int otherwise, int most) {
    int number = arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    return Math.max(1, Math.min(most, number));
  }

  private void run() throws SQLException, JOSEException, ParseException {
    TestDatabase database = TestDatabase.migrated().durable();
    Semaphore received = new Semaphore(0);
    try (TestRedis server = TestRedis.running();
        Connection connection = connect(database);
        Connection listening = connect(database)) {
      Redis redis = server.unconnected(TIMEOUT);
      redis.subscribe(CHANNEL, message -> received.release());
      server.connect(redis);
      Jdbi jdbi =
          Jdbi.create(connection)
              .installPlugin(new PostgresPlugin())
              .installPlugin(new SqlObjectPlugin());
      System.out.printf(
          "| use | where | µs | share of PostgreSQL |%n| --- | --- | ---: | ---: |%n");
      compare("limit", limits(jdbi, redis));
      compare("read of a concert", ComparedReads.by(jdbi, redis));
      compare("check of a session", sessions(jdbi, redis));
      Thread listener = listen(listening, received);
      compare("notice, until it is received", notices(jdbi, redis, received));
      listener.interrupt();
      redis.stop();
    }
  }

  private static Connection connect(TestDatabase database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  private void compare(String use, Map<String, Runnable> sides) {
    Map<String, List<Double>> micros = new LinkedHashMap<>();
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      sides.forEach((where, operation) -> measure(operation));
    }
    for (int round = 0; round < rounds; round++) {
      sides.forEach(
          (where, operation) ->
              micros.computeIfAbsent(where, key -> new ArrayList<>()).add(measure(operation)));
    }
    List<Double> postgres = micros.get("PostgreSQL");
    micros.forEach(
        (where, measured) -> {
          List<Double> ratios = new ArrayList<>();
          for (int round = 0; round < rounds; round++) {
            ratios.add(measured.get(round) / postgres.get(round));
          }
          System.out.printf(
              Locale.ROOT,
              "| %s | %s | %.1f | %.2f |%n",
              use,
              where,
              median(measured),
              median(ratios));
        });
  }

  private double measure(Runnable operation) {
    long begin = System.nanoTime();
    long count = 0;
    while (System.nanoTime() - begin < nanos) {
      operation.run();
      count++;
    }
    return (System.nanoTime() - begin) / 1e3 / count;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static Map<String, Runnable> limits(Jdbi jdbi, Redis redis) {
    Map<String, Runnable> sides = new LinkedHashMap<>();
    int[] next = {0};
    for (Map.Entry<String, Consumer<String>> limit : ComparedLimits.by(jdbi, redis).entrySet()) {
      sides.put(limit.getKey(), () -> limit.getValue().accept("client " + next[0]++ % PARTITIONS));
    }
    return sides;
  }

  /** A look-up by id in a store, and the signature of a token, which needs none. */
  private static Map<String, Runnable> sessions(Jdbi jdbi, Redis redis)
      throws JOSEException, ParseException {
    UUID id = UUID.randomUUID();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "INSERT INTO sessions (id, secret, generation, rotated_at, created_at, expires_at)"
                    + " VALUES (?, 'secret', 1, now(), now(), now() + interval '30 days')",
                id));
    redis.run(SET, "session:" + id, "{\"accountId\":null,\"generation\":1,\"secret\":\"secret\"}");
    RSAKey key = new RSAKeyGenerator(3072).generate();
    JWSObject signed =
        new JWSObject(
            new JWSHeader(JWSAlgorithm.RS256), new Payload("{\"sub\":\"%s\"}".formatted(id)));
    signed.sign(new RSASSASigner(key));
    RSASSAVerifier verifier = new RSASSAVerifier(key.toRSAPublicKey());
    String token = signed.serialize();
    Map<String, Runnable> sides = new LinkedHashMap<>();
    sides.put(
        "PostgreSQL", () -> require(jdbi.withExtension(SessionDao.class, dao -> dao.find(id))));
    sides.put("Redis", () -> require(redis.run(GET, "session:" + id)));
    sides.put("memory (signature of a token)", () -> verify(token, verifier));
    return sides;
  }

  private static void require(Optional<?> answer) {
    if (answer.isEmpty()) {
      throw new IllegalStateException("no answer");
    }
  }

  private static void verify(String token, RSASSAVerifier verifier) {
    try {
      if (!JWSObject.parse(token).verify(verifier)) {
        throw new IllegalStateException("not valid");
      }
    } catch (JOSEException | ParseException cause) {
      throw new IllegalStateException(cause);
    }
  }

  private static Thread listen(Connection connection, Semaphore received) throws SQLException {
    connection.createStatement().execute("LISTEN " + CHANNEL);
    PGConnection notices = connection.unwrap(PGConnection.class);
    Thread listener =
        new Thread(
            () -> {
              try {
                while (!Thread.currentThread().isInterrupted()) {
                  received.release(notices.getNotifications(LISTEN_MILLIS).length);
                }
              } catch (SQLException ended) {
                Thread.currentThread().interrupt(); // The connection is closed at the end.
              }
            });
    listener.setDaemon(true);
    listener.start();
    return listener;
  }

  private static Map<String, Runnable> notices(Jdbi jdbi, Redis redis, Semaphore received) {
    Map<String, Runnable> sides = new LinkedHashMap<>();
    sides.put(
        "PostgreSQL",
        () -> {
          jdbi.useHandle(handle -> handle.execute("NOTIFY " + CHANNEL));
          received.acquireUninterruptibly();
        });
    sides.put(
        "Redis",
        () -> {
          require(redis.run(PUBLISH, CHANNEL));
          received.acquireUninterruptibly();
        });
    return sides;
  }
}
