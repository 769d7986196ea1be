package io.boxoffice.stress.bench;

import io.boxoffice.stress.bench.http.Arrivals;
import io.boxoffice.stress.bench.http.Generator;
import io.boxoffice.stress.bench.http.SignInRequests;
import io.boxoffice.stress.bench.report.LoadTally;
import io.boxoffice.stress.bench.report.Window;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends wrong passwords from 100 clients beside another load: twice a second each, at random times,
 * which is several times as many as a core can check. They ignore Retry-After.
 */
final class SignInFlood {
  private static final int CLIENTS = 100;
  private static final double SIGN_INS_PER_SECOND = 2.0 * CLIENTS;
  private static final long SEED = 20261129;

  /** The answer to a password that was checked. */
  private static final int UNAUTHORIZED = 401;

  private final CompletableFuture<LoadTally> running;

  private SignInFlood(CompletableFuture<LoadTally> running) {
    this.running = running;
  }

  /** Starts one; it ends with the window. */
  static SignInFlood start(Stage.Running service, Window window) {
    SignInRequests requests = new SignInRequests("not the password of anybody");
    return new SignInFlood(
        CompletableFuture.supplyAsync(
            () -> {
              try (Generator clients = new Generator(List.of(service.port()), CLIENTS)) {
                return clients.open(
                    requests, window, UNAUTHORIZED, new Arrivals(SIGN_INS_PER_SECOND, SEED));
              }
            },
            task -> new Thread(task, "flood").start()));
  }

  /** Waits for its end, and gives its answers: the checked passwords, and all others by status. */
  LoadTally await() {
    return running.join();
  }
}
