package io.boxoffice.stress.bench.http;

import io.boxoffice.stress.bench.report.LoadTally;
import io.boxoffice.stress.bench.report.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests over many connections from one thread, because it shares the machine with what it
 * measures. Either each connection sends again after its answer, or requests are sent at their
 * arrivals, over any free connection.
 */
public final class Generator implements AutoCloseable {
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);
  private static final long SHORT_WAIT_NANOS = 100_000;
  private static final long SELECT_MILLIS = 50;

  private final Selector selector;
  private final List<BuyerConnection> connections = new ArrayList<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);

  /** Opens the connections, shared evenly among the ports. */
  public Generator(List<Integer> ports, int count) {
    try {
      selector = Selector.open();
      for (int index = 0; index < count; index++) {
        connections.add(BuyerConnection.open(ports.get(index % ports.size()), selector));
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Every connection sends again after its answer. */
  public LoadTally closed(Requests requests, Window window, int wanted) {
    return closed(requests, window, wanted, Duration.ZERO);
  }

  /**
   * The same, but the connections begin one after the other, evenly over a time: if all answers
   * take as long, they would otherwise stay in step.
   */
  public LoadTally closed(Requests requests, Window window, int wanted, Duration begin) {
    return new Run(requests, window, wanted, null, begin).go();
  }

  /** Requests are sent at their arrivals. */
  public LoadTally open(Requests requests, Window window, int wanted, Arrivals arrivals) {
    return new Run(requests, window, wanted, arrivals, Duration.ZERO).go();
  }

  @Override
  public void close() {
    try {
      for (BuyerConnection connection : connections) {
        connection.close();
      }
      selector.close();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** One load from its first request to the last answer. */
  private final class Run {
    private final Requests requests;
    private final Window window;
    private final int wanted;
    private final Arrivals arrivals;
    private final LoadTally tally = new LoadTally();
    private final Queue<BuyerConnection> free = new ArrayDeque<>();
    private final long begin = System.nanoTime();
    private final long slope;
    private int begun;

    Run(Requests requests, Window window, int wanted, Arrivals arrivals, Duration slope) {
      this.slope = slope.toNanos();
      this.requests = requests;
      this.window = window;
      this.wanted = wanted;
      this.arrivals = arrivals;
      if (arrivals != null) {
        free.addAll(connections);
        begun = connections.size();
      }
    }

    LoadTally go() {
      try {
        while (true) {
          long now = System.nanoTime() - begin;
          boolean more = arrivals == null ? sendToAll(now) : sendArrived(now);
          if (!more && free.size() == begun) {
            return tally;
          }
          if (now > window.totalNanos() + DRAIN_LIMIT.toNanos()) {
            throw new IOException("answers are missing long after the last request");
          }
          await(now, more);
          selector.selectedKeys().forEach(this::receive);
          selector.selectedKeys().clear();
        }
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
    }

    /** Sends on every free connection; false once the window has ended. */
    private boolean sendToAll(long now) throws IOException {
      if (now >= window.totalNanos()) {
        return false;
      }
      while (begun < connections.size() && now >= slope / connections.size() * begun) {
        connections.get(begun++).send(requests, System.nanoTime() - begin);
      }
      for (BuyerConnection next = free.poll(); next != null; next = free.poll()) {
        next.send(requests, System.nanoTime() - begin);
      }
      return true;
    }

    /**
     * Sends the requests that have arrived while connections are free; false once all requests of
     * the window are sent.
     */
    private boolean sendArrived(long now) throws IOException {
      while (arrivals.peek() < window.totalNanos()) {
        if (arrivals.peek() > now || free.isEmpty()) {
          return true;
        }
        free.remove().send(requests, arrivals.peek());
        arrivals.advance();
      }
      return false;
    }

    private void await(long now, boolean more) throws IOException {
      boolean arrivalIsNext = arrivals != null && more && !free.isEmpty();
      long nanos =
          arrivalIsNext ? arrivals.peek() - now : TimeUnit.MILLISECONDS.toNanos(SELECT_MILLIS);
      long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
      if (millis > 0) {
        selector.select(millis);
      } else if (selector.selectNow() == 0) {
        // A selector waits in whole milliseconds, which is too coarse for an arrival that is near.
        LockSupport.parkNanos(Math.min(SHORT_WAIT_NANOS, nanos));
      }
    }

    private void receive(SelectionKey key) {
      BuyerConnection connection = (BuyerConnection) key.attachment();
      try {
        if (!connection.receive(in)) {
          return;
        }
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
      long intended = connection.intendedAt();
      if (connection.status() == wanted) {
        tally.expected(1, window.contains(intended), System.nanoTime() - begin - intended);
      } else {
        tally.other(connection.status());
      }
      free.add(connection);
    }
  }
}
