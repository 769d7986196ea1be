package io.boxoffice.platform.redis;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.dropwizard.lifecycle.Managed;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs scripts on Redis for those who can go on without it. Each request has a time limit, and the
 * {@link Breaker} keeps requests away from a Redis that does not answer. A thread in the background
 * connects, sends a probe every half second, and connects again; a request never does.
 */
public final class Redis implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Redis.class);

  /** For each step of connecting, which no request waits for. */
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  private static final Duration BETWEEN_PROBES = Duration.ofMillis(500);

  /** After so many probes without an answer, the name may have become that of another server. */
  private static final int PROBES_PER_CONNECTION = 6;

  /** An answer that takes more than this part of the time limit counts as a failure. */
  private static final int SLOW_PART = 4;

  private static final long BETWEEN_LINES_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int THREADS = 2;

  /** Writes, so that a server that only reads or has no memory left is not used. */
  private static final Script PROBE =
      Script.of("probe", "redis.call('SET', KEYS[1], '', 'PX', 10000) return {}");

  private final RedisURI address;
  private final long timeoutNanos;
  private final Breaker breaker;
  private final RedisMetrics metrics;
  private final ClientResources resources;
  private final RedisClient client;
  private final Map<String, Consumer<String>> listeners = new ConcurrentHashMap<>();
  private final RepeatedTask follower = new RepeatedTask("redis", BETWEEN_PROBES, this::follow);
  private volatile Link link;

  // Only the follower's thread uses these.
  private int failedProbes;
  private String problemBefore = "";
  private String reported = "none";
  private long nextLine = System.nanoTime();

  /**
   * Creates a Redis that {@link #start()} connects.
   *
   * @throws io.boxoffice.platform.StartupException when the address is not valid
   */
  public Redis(RedisSettings settings, MetricRegistry metrics, CollectorRegistry prometheus) {
    this(settings, metrics, prometheus, new Breaker());
  }

  Redis(
      RedisSettings settings,
      MetricRegistry metrics,
      CollectorRegistry prometheus,
      Breaker breaker) {
    this.breaker = breaker;
    this.address = settings.address();
    this.timeoutNanos = settings.timeout().toNanoseconds();
    this.metrics = new RedisMetrics(metrics, prometheus, breaker);
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            // Names resolve as for every other connection of the JVM.
            .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE)
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(Link.OPTIONS);
  }

  /**
   * Opens Redis if the settings name one. The service starts without waiting for it.
   *
   * @throws io.boxoffice.platform.StartupException when the address is not valid
   */
  public static Optional<Redis> open(RedisSettings settings, Foundation foundation) {
    if (!settings.isOn()) {
      return Optional.empty();
    }
    Redis redis = new Redis(settings, foundation.environment().metrics(), foundation.prometheus());
    foundation.environment().lifecycle().manage(redis);
    return Optional.of(redis);
  }

  /**
   * Runs a script and waits for its result, at most as long as the setting says.
   *
   * @return empty when Redis did not do it, or did it too late: the caller goes on without Redis
   */
  public Optional<List<Object>> run(Script script, String key, String... arguments) {
    try {
      return Optional.ofNullable(start(script, key, arguments).join());
    } catch (CompletionException failure) {
      return Optional.empty();
    }
  }

  /** Runs a script and waits for nothing. It is dropped when Redis does not answer. */
  public void send(Script script, String key, String... arguments) {
    CompletableFuture<List<Object>> unused = start(script, key, arguments);
  }

  /**
   * Passes each message of a channel to a listener, which must return at once. Call it before the
   * service starts. Messages that are sent while there is no connection are lost.
   */
  public void subscribe(String channel, Consumer<String> listener) {
    listeners.put(channel, listener);
  }

  /** The result is null when the breaker is open. */
  private CompletableFuture<List<Object>> start(Script script, String key, String... arguments) {
    Link current = link;
    if (breaker.isOpen() || current == null) {
      metrics.skipped(script.use());
      return CompletableFuture.completedFuture(null);
    }
    long begin = System.nanoTime();
    return current
        .run(script, key, arguments)
        .orTimeout(timeoutNanos, TimeUnit.NANOSECONDS)
        .whenComplete((answer, failure) -> ended(script, System.nanoTime() - begin, failure));
  }

  private void ended(Script script, long nanos, Throwable failure) {
    RedisMetrics.Outcome outcome;
    if (failure != null) {
      outcome =
          failure instanceof TimeoutException
              ? RedisMetrics.Outcome.TIMEOUT
              : RedisMetrics.Outcome.ERROR;
    } else if (isSlow(nanos)) {
      outcome = RedisMetrics.Outcome.SLOW;
    } else {
      outcome = RedisMetrics.Outcome.ANSWERED;
    }
    metrics.ended(script.use(), outcome, nanos);
    if (outcome == RedisMetrics.Outcome.ANSWERED) {
      breaker.succeeded();
    } else {
      breaker.failed();
    }
  }

  private boolean isSlow(long nanos) {
    return nanos > timeoutNanos / SLOW_PART;
  }

  private void follow() {
    String problem;
    try {
      problem = connected() ? probe() : "the connection is closed";
    } catch (RuntimeException failure) {
      // Without a connection, and with one that rejects the service.
      breaker.open();
      problem = reason(failure);
    }
    report(breaker.isOpen() ? problem : "");
  }

  private boolean connected() {
    Link current = link;
    if (current != null && !current.isOpen()) {
      disconnect();
    }
    if (link == null) {
      link = Link.open(client, address, listeners);
      failedProbes = 0;
    }
    return link.isOpen();
  }

  /** Returns what is wrong, or an empty text. */
  private String probe() {
    long begin = System.nanoTime();
    try {
      List<Object> unused =
          link.run(PROBE, "boxoffice:probe").orTimeout(timeoutNanos, TimeUnit.NANOSECONDS).join();
      failedProbes = 0;
      if (isSlow(System.nanoTime() - begin)) {
        breaker.failed();
        return "its answers are slow";
      }
      breaker.close();
      return "";
    } catch (CompletionException failure) {
      breaker.failed();
      failedProbes++;
      if (failedProbes == PROBES_PER_CONNECTION) {
        disconnect();
      }
      return failure.getCause() instanceof TimeoutException
          ? "it does not answer"
          : reason(failure);
    }
  }

  private void disconnect() {
    breaker.open();
    Link last = link;
    link = null;
    if (last != null) {
      last.close();
    }
  }

  /** The innermost message, which says most. It contains no password. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** Logs a change that lasts for two probes, at most one every ten seconds. */
  private void report(String problem) {
    boolean lasts = problem.equals(problemBefore);
    problemBefore = problem;
    if (!lasts || problem.equals(reported) || System.nanoTime() - nextLine < 0) {
      return;
    }
    reported = problem;
    nextLine = System.nanoTime() + BETWEEN_LINES_NANOS;
    if (problem.isEmpty()) {
      LOG.info("Redis at {}:{} is in use", address.getHost(), address.getPort());
    } else {
      LOG.warn(
          "Redis at {}:{} is not in use: {}. The service goes on without it",
          address.getHost(),
          address.getPort(),
          problem);
    }
  }

  @Override
  public void start() {
    follower.start();
  }

  @Override
  public void stop() {
    follower.stop();
    breaker.open();
    link = null; // The client closes all connections.
    client.shutdown(Duration.ZERO, CONNECT_LIMIT);
    resources
        .shutdown(0, CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CONNECT_LIMIT.toMillis());
  }
}
