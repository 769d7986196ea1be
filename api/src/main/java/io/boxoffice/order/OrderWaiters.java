package io.boxoffice.order;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Keeps the requests that wait for a change of an order. They hold no thread. A change at this
 * replica answers them at once; for changes by other replicas, one query at intervals reads all
 * orders that requests wait for.
 */
final class OrderWaiters implements Managed, LifeCycle.Listener {
  /** How long a change by another replica stays unseen at most, if the database keeps up. */
  static final Duration POLL = Duration.ofMillis(500);

  private final int most;
  private final Function<Collection<UUID>, List<Order>> lookUp;
  private final Map<UUID, Set<Waiter>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final ScheduledThreadPoolExecutor clock;
  private volatile boolean stopping;

  /** Holds one request, and the state of the order that it has seen. */
  private record Waiter(Order seen, CompletableFuture<Order> answer) {}

  /**
   * Keeps at most the given number of requests.
   *
   * @param lookUp reads orders
   */
  OrderWaiters(int most, Function<Collection<UUID>, List<Order>> lookUp) {
    this.most = most;
    this.lookUp = lookUp;
    this.clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread daemon = new Thread(work, "order-waits");
              daemon.setDaemon(true);
              return daemon;
            });
    clock.setRemoveOnCancelPolicy(true);
  }

  /**
   * Rejects a request that could not wait.
   *
   * @throws ProblemException 503 when too many requests wait
   */
  void requireRoom() {
    if (count.get() >= most) {
      throw ProblemException.retryable(
          ProblemCode.OVERLOADED, "Too many requests wait for a change of an order.", 1);
    }
  }

  /**
   * Waits for a change after the given one.
   *
   * @param seen the order as the caller read it
   * @param limit how long to wait; with zero or without room, the result is complete at once
   * @return the changed order, or the given one after the limit
   */
  CompletableFuture<Order> await(Order seen, Duration limit) {
    if (limit.isZero() || stopping) {
      return CompletableFuture.completedFuture(seen);
    }
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      return CompletableFuture.completedFuture(seen);
    }
    Waiter waiter = new Waiter(seen, new CompletableFuture<>());
    waiting.compute(
        seen.id(),
        (id, others) -> {
          Set<Waiter> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(waiter);
          return all;
        });
    ScheduledFuture<?> end =
        clock.schedule(
            () -> waiter.answer().complete(seen), limit.toMillis(), TimeUnit.MILLISECONDS);
    var unused = waiter.answer().whenComplete((order, failure) -> leave(seen.id(), waiter, end));
    return waiter.answer();
  }

  private void leave(UUID id, Waiter waiter, ScheduledFuture<?> end) {
    end.cancel(false);
    count.decrementAndGet();
    waiting.computeIfPresent(
        id,
        (same, others) -> {
          others.remove(waiter);
          return others.isEmpty() ? null : others;
        });
  }

  /**
   * Answers the requests that saw the order before this change. A request that saw a later one goes
   * on waiting, because changes of several threads may be announced in another order.
   */
  void changed(Order order) {
    Set<Waiter> waiters = waiting.get(order.id());
    if (waiters != null) {
      waiters.stream()
          .filter(waiter -> order.changedAt().isAfter(waiter.seen().changedAt()))
          .forEach(waiter -> waiter.answer().complete(order));
    }
  }

  /** Looks for changes by other replicas. Without waiting requests, it costs nothing. */
  void poll() {
    List<UUID> ids = List.copyOf(waiting.keySet());
    if (!ids.isEmpty()) {
      lookUp.apply(ids).forEach(this::changed);
    }
  }

  /** Answers all requests when the server begins to stop, so that it need not wait for them. */
  @Override
  public void lifeCycleStopping(LifeCycle server) {
    stopping = true;
    waiting.values().stream()
        .flatMap(Set::stream)
        .forEach(waiter -> waiter.answer().complete(waiter.seen()));
  }

  @Override
  public void stop() {
    clock.shutdownNow();
  }
}
