package io.boxoffice.partners.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.partners.payment.ledger.Charge;
import io.boxoffice.partners.payment.ledger.NewCharge;
import io.boxoffice.platform.error.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests at once while the disk does not answer yet: all of them find an empty ledger. */
class IdempotencyTest {
  private static final int REQUESTS = 16;
  private static final long LIMIT_SECONDS = 60;
  private static final String KEY = "key";

  @TempDir private Path directory;

  /** Forgets who holds a key, for the negative controls. */
  private static final class NoGuard<K, V> extends ConcurrentHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    @Override
    public V putIfAbsent(K key, V value) {
      return null;
    }
  }

  @Test
  void requestsWithOneKeyMakeOneCharge() throws Exception {
    assertThat(chargesOfOneKey(new ConcurrentHashMap<>())).isEqualTo(1);
  }

  @Test
  void withoutTheGuardTheyMakeMany() throws Exception {
    assertThat(chargesOfOneKey(new NoGuard<>())).isEqualTo(REQUESTS);
  }

  private int chargesOfOneKey(ConcurrentHashMap<String, NewCharge> inProgress) throws Exception {
    try (Parts parts = new Parts(directory)) {
      Charges charges = parts.charges(Parts.settings("0s", 0, 0, 1), inProgress);
      NewCharge request = Parts.request("tok_ok");
      List<CompletableFuture<Charges.Answer>> accepted = new ArrayList<>();
      List<String> refused = new ArrayList<>();
      for (Future<CompletableFuture<Charges.Answer>> call :
          atOnce(() -> charges.charge(KEY, request).toCompletableFuture())) {
        try {
          accepted.add(call.get());
        } catch (ExecutionException refusal) {
          refused.add(((ProblemException) refusal.getCause()).problem().code());
        }
      }
      assertThat(refused)
          .allMatch("idempotency-in-flight"::equals)
          .hasSize(REQUESTS - accepted.size());
      parts.start();
      for (CompletableFuture<Charges.Answer> answer : accepted) {
        answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
      assertThat(parts.callbacks).hasSize(parts.ledger.book().size());
      return parts.ledger.book().size();
    }
  }

  @Test
  void requestsForOneChargeMakeOneRefund() throws Exception {
    assertThat(refundsOfOneCharge(new ConcurrentHashMap<>())).isEqualTo(1);
  }

  @Test
  void withoutTheGuardTheyMakeManyRefunds() throws Exception {
    assertThat(refundsOfOneCharge(new NoGuard<>())).isEqualTo(REQUESTS);
  }

  private long refundsOfOneCharge(ConcurrentHashMap<UUID, CompletableFuture<Charge>> inProgress)
      throws Exception {
    UUID id;
    try (Parts parts = new Parts(directory)) {
      parts.start();
      id = charged(parts.charges(Parts.settings("0s", 0, 0, 1), new ConcurrentHashMap<>()), KEY);
    }
    try (Parts parts = new Parts(directory)) {
      Refunds refunds = parts.refunds(inProgress);
      List<CompletableFuture<Refunds.Answer>> answers = new ArrayList<>();
      for (Future<CompletableFuture<Refunds.Answer>> call :
          atOnce(() -> refunds.refund(KEY, id).toCompletableFuture())) {
        answers.add(call.get());
      }
      parts.start();
      for (CompletableFuture<Refunds.Answer> answer : answers) {
        answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
      return parts.callbacks.size();
    }
  }

  @Test
  void aKeyWithAnotherBodyIsRefusedBeforeAndAfterTheAnswer() throws Exception {
    try (Parts parts = new Parts(directory)) {
      Charges charges = parts.charges(Parts.settings("0s", 0, 0, 1), new ConcurrentHashMap<>());
      NewCharge first = Parts.request("tok_ok");
      var answer = charges.charge(KEY, first).toCompletableFuture();
      assertThatThrownBy(() -> charges.charge(KEY, Parts.request("tok_ok")))
          .hasMessageContaining("another body");
      parts.start();
      answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThatThrownBy(() -> charges.charge(KEY, Parts.request("tok_ok")))
          .hasMessageContaining("another body");
      assertThat(charges.charge(KEY, first).toCompletableFuture().get().replayed()).isTrue();
    }
  }

  @Test
  void whatDoesNotFitIsRefused() throws Exception {
    try (Parts parts = new Parts(directory)) {
      Charges charges = parts.charges(Parts.settings("1m", 0, 0, 1), new ConcurrentHashMap<>());
      for (int i = 0; i < 100; i++) {
        var unused = charges.charge("key" + i, Parts.request("tok_ok"));
      }
      assertThatThrownBy(() -> charges.charge("one more", Parts.request("tok_ok")))
          .hasMessageContaining("Too many charges are in progress");
      assertThat(charges.inProgress()).isEqualTo(100);
    }
  }

  private static UUID charged(Charges charges, String key) throws Exception {
    return charges
        .charge(key, Parts.request("tok_ok"))
        .toCompletableFuture()
        .get(LIMIT_SECONDS, TimeUnit.SECONDS)
        .charge()
        .id();
  }

  private static <T> List<Future<T>> atOnce(Callable<T> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(REQUESTS);
    CyclicBarrier start = new CyclicBarrier(REQUESTS);
    List<Callable<T>> calls = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      calls.add(
          () -> {
            start.await();
            return call.call();
          });
    }
    try {
      return threads.invokeAll(calls);
    } finally {
      threads.shutdownNow();
    }
  }
}
