package io.boxoffice.platform.rabbitmq;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.SocketConfigurators;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one connection to the broker, and opens another when it is broken. It waits for nothing
 * without a bound: after 5 s without an answer a request has failed, and after 10 s without a sign
 * of life the connection.
 */
public final class RabbitConnection implements AutoCloseable {
  /** After a failure, no other try within this time: those who ask get the same failure. */
  public static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(RabbitConnection.class);
  private static final int LIMIT_MILLIS = 5_000;
  private static final int HEARTBEAT_SECONDS = 5;
  private static final int THREADS = 2;

  private final String use;
  private final ConnectionFactory factory;
  private final ExecutorService consumers;
  private final ScheduledThreadPoolExecutor guard;
  private volatile Connection connection;
  private volatile Socket socket;
  private volatile boolean blocked;
  private volatile boolean closed;

  // Guarded by this.
  private long nextTry = System.nanoTime();
  private IOException failure;
  private String reported = "none";

  /**
   * Creates a connection that is not open.
   *
   * @param use names it in the log, in metrics and at the broker; small letters and hyphens
   */
  public RabbitConnection(String use, RabbitSettings settings, MetricRegistry metrics) {
    this.use = use;
    ThreadFactory threads =
        work -> {
          Thread daemon = new Thread(work, "rabbitmq-" + use);
          daemon.setDaemon(true);
          return daemon;
        };
    // What a connection still reports after its end is dropped.
    this.consumers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads,
            new ThreadPoolExecutor.DiscardPolicy());
    this.guard = new ScheduledThreadPoolExecutor(1, threads);
    guard.setRemoveOnCancelPolicy(true);
    this.factory = settings.factory();
    factory.setThreadFactory(threads);
    factory.setSharedExecutor(consumers);
    // The client would open connections again without a bound, and would not declare what was
    // deleted.
    factory.setAutomaticRecoveryEnabled(false);
    factory.setConnectionTimeout(LIMIT_MILLIS);
    factory.setHandshakeTimeout(LIMIT_MILLIS);
    factory.setChannelRpcTimeout(LIMIT_MILLIS);
    factory.setShutdownTimeout(LIMIT_MILLIS);
    factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
    factory.setSocketConfigurator(
        SocketConfigurators.defaultConfigurator().andThen(opened -> socket = opened));
    gauge(metrics, "rabbitmq.connected." + use, this::isOpen);
    gauge(metrics, "rabbitmq.blocked." + use, this::isBlocked);
  }

  private static void gauge(MetricRegistry metrics, String name, BooleanSupplier value) {
    metrics.gauge(name, () -> (Gauge<Integer>) () -> value.getAsBoolean() ? 1 : 0);
  }

  /** Whether it can be used. */
  public boolean isOpen() {
    Connection current = connection;
    return current != null && current.isOpen();
  }

  /** Whether the broker has an alarm, and therefore reads nothing from this connection. */
  public boolean isBlocked() {
    return blocked && isOpen();
  }

  /**
   * Opens a channel, and the connection if needed.
   *
   * @throws IOException when the broker is away, refuses the user, or does not answer in time
   */
  public Channel channel() throws IOException {
    Channel channel = open().createChannel();
    if (channel == null) {
      throw new IOException("RabbitMQ allows no more channels on this connection");
    }
    return channel;
  }

  /**
   * Opens the connection if it is not open.
   *
   * @throws IOException when the broker is away, refuses the user, or does not answer in time
   */
  public synchronized Connection open() throws IOException {
    if (closed) {
      throw new IOException("The connection is closed");
    }
    if (isOpen()) {
      return connection;
    }
    if (failure != null && System.nanoTime() - nextTry < 0) {
      throw new IOException(failure.getMessage(), failure);
    }
    drop(); // A thread can still wait to write to the connection before.
    try {
      blocked = false;
      connection = factory.newConnection("boxoffice-" + use);
      connection.addBlockedListener(new Alarms());
      if (closed) {
        drop(); // It was closed meanwhile.
      }
      failure = null;
      report("");
      return connection;
    } catch (IOException | TimeoutException | RuntimeException cause) {
      failure = new IOException("RabbitMQ is away: " + reason(cause), cause);
      nextTry = System.nanoTime() + BETWEEN_TRIES.toNanos();
      report(reason(cause));
      throw failure;
    }
  }

  private final class Alarms implements BlockedListener {
    @Override
    public void handleBlocked(String reason) {
      blocked = true;
      LOG.warn("RabbitMQ takes no messages on the connection for {}: {}", use, reason);
    }

    @Override
    public void handleUnblocked() {
      blocked = false;
      LOG.info("RabbitMQ takes messages on the connection for {} again", use);
    }
  }

  /**
   * Ends the connection after a time, unless the result is cancelled before. A thread that cannot
   * write, because the broker does not read, fails then.
   */
  public Future<?> breakAfter(Duration limit) {
    try {
      return guard.schedule(this::drop, limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closedBefore) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Ends the connection without a word to the broker. */
  public void drop() {
    Socket current = socket;
    if (current != null) {
      try {
        current.close();
      } catch (IOException ended) {
        LOG.debug("Closing a connection failed", ended);
      }
    }
  }

  /** The innermost message, which says most. It contains no password. */
  public static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof AuthenticationFailureException) {
      return "it refuses the user or the password of RABBITMQ_URL";
    }
    if (cause instanceof TimeoutException) {
      return "it does not answer in time";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** Logs a change. */
  private void report(String problem) {
    if (problem.equals(reported)) {
      return;
    }
    reported = problem;
    if (problem.isEmpty()) {
      LOG.info("RabbitMQ at {}:{} is connected for {}", factory.getHost(), factory.getPort(), use);
    } else {
      LOG.warn(
          "RabbitMQ at {}:{} is not connected for {}: {}. It is tried again",
          factory.getHost(),
          factory.getPort(),
          use,
          problem);
    }
  }

  @Override
  public void close() {
    closed = true;
    Connection current = connection;
    if (current != null && current.isOpen()) {
      // A broker that does not read gets no time.
      Future<?> unused = breakAfter(blocked ? Duration.ZERO : Duration.ofMillis(LIMIT_MILLIS));
      current.abort(LIMIT_MILLIS);
    }
    guard.shutdownNow();
    consumers.shutdownNow();
  }
}
