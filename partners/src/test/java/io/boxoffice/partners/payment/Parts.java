package io.boxoffice.partners.payment;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.partners.delay.Waits;
import io.boxoffice.partners.payment.callback.CallbackSettings;
import io.boxoffice.partners.payment.ledger.Callback;
import io.boxoffice.partners.payment.ledger.Charge;
import io.boxoffice.partners.payment.ledger.Ledger;
import io.boxoffice.partners.payment.ledger.NewCharge;
import io.boxoffice.platform.http.strict.StrictJson;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.util.Duration;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The parts of the partner without HTTP. Its disk works only after {@link #start()}. */
final class Parts implements AutoCloseable {
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);
  private final NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator();
  private final PaymentMetrics metrics = new PaymentMetrics(new CollectorRegistry());
  final List<Callback> callbacks = new CopyOnWriteArrayList<>();
  final Ledger ledger;

  Parts(Path directory) {
    var json = Jackson.newObjectMapper();
    StrictJson.applyTo(json);
    this.ledger = Ledger.open(Clock.systemUTC(), directory, json);
  }

  static PaymentSettings settings(String delay, double declined, double lost, long seed) {
    return new PaymentSettings(
        "unused",
        delay,
        declined,
        lost,
        seed,
        Duration.seconds(20),
        Duration.minutes(15),
        1_000,
        100,
        new CallbackSettings(
            "", "", "0s", 20, Duration.seconds(5), Duration.seconds(1), Duration.hours(1)));
  }

  static NewCharge request(String token) {
    return new NewCharge(500L, "EUR", token, UUID.randomUUID());
  }

  Charges charges(PaymentSettings settings, ConcurrentMap<String, NewCharge> inProgress) {
    return new Charges(
        settings,
        ledger,
        new Behaviour(settings, 0),
        new Waits(timer),
        ids,
        timer,
        callbacks::add,
        metrics,
        inProgress);
  }

  Refunds refunds(ConcurrentMap<UUID, CompletableFuture<Charge>> inProgress) {
    return new Refunds(ledger, ids, timer, callbacks::add, metrics, inProgress);
  }

  void start() {
    ledger.journal().start();
  }

  @Override
  public void close() throws Exception {
    timer.shutdownNow();
    ledger.journal().stop();
  }
}
