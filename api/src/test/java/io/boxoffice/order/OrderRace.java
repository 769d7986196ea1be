package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Runs two actions at the same time on one order at two replicas, many times, for tests.
 *
 * @param replacements what to replace in the SQL of both replicas
 */
record OrderRace(TestDatabase database, ScriptedPartner partner, Map<String, String> replacements) {
  private static final Executor NEW_THREAD = task -> new Thread(task).start();

  /** Runs the race on new orders; each replacement must occur. */
  void run(
      BiConsumer<Replica, UUID> prepare,
      BiConsumer<Replica, UUID> one,
      BiConsumer<Replica, UUID> other,
      int rounds)
      throws Exception {
    Orders orders = new Orders(database);
    try (Replica first = new Replica(database, partner, replacements);
        Replica second = new Replica(database, partner, replacements)) {
      Orders.Type type = orders.concert(1_000);
      for (int round = 0; round < rounds; round++) {
        UUID id = orders.hold(type, 2, Duration.ofMinutes(10));
        prepare.accept(first, id);
        List<CompletableFuture<Void>> racers =
            List.of(
                CompletableFuture.runAsync(() -> one.accept(first, id), NEW_THREAD),
                CompletableFuture.runAsync(() -> other.accept(second, id), NEW_THREAD));
        racers.forEach(OrderRace::join);
      }
      Set<String> missing = first.neverFound();
      missing.retainAll(second.neverFound());
      assertThat(missing).isEmpty();
    }
  }

  /** An error of the database is a guard too: a purchase's id is unique. */
  private static void join(CompletableFuture<Void> racer) {
    try {
      racer.join();
    } catch (CompletionException rejected) {
      assertThat(rejected.getCause()).isInstanceOf(RuntimeException.class);
    }
  }
}
