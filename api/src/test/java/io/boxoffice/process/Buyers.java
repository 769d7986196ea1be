package io.boxoffice.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/** Sends requests from several threads to a service until it is killed. */
final class Buyers {
  private static final int COUNT = 8;
  private static final int LIMIT_SECONDS = 60;

  private Buyers() {}

  /**
   * Lets all buyers run, kills the service, and waits for their end.
   *
   * @param successes how many successes of all buyers end the life of the service
   * @param buyer counts its successes down, and returns when a request fails; the number is that of
   *     the buyer
   */
  static void buyUntilKilled(
      ServiceProcess service, int successes, ObjIntConsumer<CountDownLatch> buyer)
      throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(successes);
    List<CompletableFuture<Void>> buyers =
        IntStream.range(0, COUNT)
            .mapToObj(number -> CompletableFuture.runAsync(() -> buyer.accept(enough, number)))
            .toList();
    assertThat(enough.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    service.kill();
    buyers.forEach(CompletableFuture::join);
  }
}
