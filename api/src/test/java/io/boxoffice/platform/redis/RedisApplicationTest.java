package io.boxoffice.platform.redis;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.app.BoxOfficeConfiguration;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestRedis;
import io.dropwizard.core.setup.Environment;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tests that the service sells whatever happens to Redis. */
class RedisApplicationTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String FAILED_SIGN_INS = "errorstat_WRONGPASS:count=";
  private static final int BUYERS = 4;
  private static final int PURCHASES_IN_A_FAILURE = 60;

  /** No purchase reaches it, but each is counted in Redis. */
  private static final String FLEET_WIDE =
      """
      [{"name": "purchases", "quota": 1000000, "window": "1s", "scope": "fleet", "method": "POST",
        "route": "/v1/concerts/{concertId}/purchases"}]
      """;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private TestApplication application;

  @AfterEach
  void stop() {
    if (application != null) {
      application.stop();
    }
    logger().detachAppender(log);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(Redis.class);
  }

  /** The service, with the lines of this part in a list from the begin. */
  private final class Logged extends BoxOfficeApplication {
    @Override
    public void run(BoxOfficeConfiguration settings, Environment environment) {
      log.list = new CopyOnWriteArrayList<>();
      log.start();
      logger().addAppender(log);
      super.run(settings, environment);
    }
  }

  private void start(String url) throws Exception {
    application =
        TestApplication.on(TestDatabase.migrated(), new Logged())
            .with("redis.url", url)
            .with("rateLimits", FLEET_WIDE)
            .with("concertCacheMaxAge", "1s")
            .start();
  }

  private boolean isInUse() {
    return TestRedis.isInUse(application.environment().metrics());
  }

  private long count(String use, String outcome) {
    return application
        .environment()
        .metrics()
        .meter("redis.requests." + use + "." + outcome)
        .getCount();
  }

  private List<String> lines() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** Buyers that buy one ticket after the other, and read the concert after each. */
  private static final class Load implements AutoCloseable {
    private final ApiClient api;
    private final String concert;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Answer> purchases = new CopyOnWriteArrayList<>();
    private final List<Answer> reads = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> buyers = new ArrayList<>();

    Load(ApiClient api) {
      this.api = api;
      this.concert = api.createConcert(1_000_000, operator()).path("id").asText();
      for (int i = 0; i < BUYERS; i++) {
        Thread buyer = new Thread(this::buy);
        buyer.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        buyers.add(buyer);
        buyer.start();
      }
    }

    private void buy() {
      while (!ended.get()) {
        purchases.add(api.buy(concert, 1));
        reads.add(api.get("/v1/concerts/" + concert));
      }
    }

    void awaitPurchases() {
      int before = purchases.size();
      Eventually.within(LIMIT, () -> purchases.size() >= before + PURCHASES_IN_A_FAILURE);
    }

    @Override
    public void close() throws InterruptedException {
      ended.set(true);
      for (Thread buyer : buyers) {
        buyer.join();
      }
      assertThat(failures).isEmpty();
      assertThat(purchases).extracting(Answer::status).containsOnly(201);
      assertThat(reads).extracting(Answer::status).containsOnly(200);
      assertThat(purchases.stream().map(purchase -> purchase.text("id")).distinct())
          .hasSameSizeAs(purchases);
    }
  }

  @Test
  void withoutRedisTheServiceStartsAndSellsAndLaterUsesIt() throws Exception {
    try (TestRedis server = TestRedis.absent()) {
      start(server.url());
      application.awaitReady();
      try (Load load = new Load(application.client())) {
        load.awaitPurchases();
        assertThat(count("limit", "skipped")).isGreaterThanOrEqualTo(PURCHASES_IN_A_FAILURE);
        Eventually.within(LIMIT, () -> !lines().isEmpty());

        server.start();
        Eventually.within(LIMIT, this::isInUse);
        Eventually.within(LIMIT, () -> count("limit", "answered") > 0);
        Eventually.within(LIMIT, () -> count("notice", "answered") > 0);
        Eventually.within(LIMIT, () -> count("cache", "answered") > 0);
      }
      assertThat(lines())
          .first()
          .asString()
          .contains("is not in use: Connection refused", "The service goes on without it");
    }
  }

  @Test
  void whenRedisFreezesNoPurchaseFailsAndFewWait() throws Exception {
    try (TestRedis server = TestRedis.running()) {
      start(server.url());
      Eventually.within(LIMIT, this::isInUse);
      try (Load load = new Load(application.client())) {
        load.awaitPurchases();
        server.freeze();
        load.awaitPurchases();
        // Each buyer may be in a purchase or a read when Redis freezes, and a notice may be sent.
        assertThat(count("limit", "timeout") + count("cache", "timeout"))
            .isLessThanOrEqualTo(Breaker.MOST_FAILURES + BUYERS);

        server.thaw();
        Eventually.within(LIMIT, this::isInUse);
        load.awaitPurchases();
      }
    }
  }

  @Test
  void whenRedisIsKilledAndRestartedNoPurchaseFails() throws Exception {
    try (TestRedis server = TestRedis.running()) {
      start(server.url());
      Eventually.within(LIMIT, this::isInUse);
      try (Load load = new Load(application.client())) {
        load.awaitPurchases();
        server.kill();
        load.awaitPurchases();
        Eventually.within(LIMIT, () -> !isInUse());

        server.start();
        Eventually.within(LIMIT, this::isInUse);
        load.awaitPurchases();
      }
    }
  }

  /** The rights that docs/redis.md lists. */
  @Test
  void aUserWithTheDocumentedRightsIsEnough() throws Exception {
    try (TestRedis server = TestRedis.running()) {
      server.with(
          commands ->
              commands.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), rights()));
      start(server.url("shop:secret"));
      Eventually.within(LIMIT, this::isInUse);
      try (Load load = new Load(application.client())) {
        load.awaitPurchases();
        for (String use : List.of("limit", "cache", "notice")) {
          Eventually.within(LIMIT, () -> count(use, "answered") > 0);
          assertThat(count(use, "error")).as(use).isZero();
        }
      }
    }
  }

  private static CommandArgs<String, String> rights() {
    CommandArgs<String, String> rights = new CommandArgs<>(StringCodec.UTF8);
    String rules =
        "SETUSER shop on >secret ~boxoffice:* &boxoffice:* +eval +evalsha +get +set +del +strlen"
            + " +pttl +time +publish +subscribe +ping +hello +client +select";
    Stream.of(rules.split(" ")).forEach(rights::add);
    return rights;
  }

  @Test
  void aWrongPasswordIsLoggedOnceWithoutThePassword() throws Exception {
    try (TestRedis server = TestRedis.running("--requirepass", "right")) {
      start(server.url(":wrong-secret"));
      try (Load load = new Load(application.client())) {
        Eventually.within(LIMIT, () -> !lines().isEmpty());
        int attempts = attempts(server);
        Eventually.within(LIMIT, () -> attempts(server) >= attempts + 3);
        load.awaitPurchases();
      }
      assertThat(lines()).hasSize(1);
      assertThat(lines().get(0)).contains("WRONGPASS").doesNotContain("secret");
    }
  }

  /** How often a client has failed to sign in. */
  private static int attempts(TestRedis server) {
    return Stream.of(server.with(":right", commands -> commands.info("errorstats")).split("\r\n"))
        .filter(line -> line.startsWith(FAILED_SIGN_INS))
        .mapToInt(line -> Integer.parseInt(line.substring(FAILED_SIGN_INS.length())))
        .findFirst()
        .orElse(0);
  }

  @Test
  void aFrozenRedisDoesNotDelayTheStopAndNoThreadIsLeft() throws Exception {
    try (TestRedis server = TestRedis.running()) {
      start(server.url());
      Eventually.within(LIMIT, this::isInUse);
      server.freeze();
      long begin = System.nanoTime();
      application.stop();
      application = null;
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
      Eventually.within(
          LIMIT,
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().startsWith("lettuce")));
    }
  }
}
