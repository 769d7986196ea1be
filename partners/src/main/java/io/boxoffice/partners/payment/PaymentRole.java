package io.boxoffice.partners.payment;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.partners.PartnersConfiguration;
import io.boxoffice.partners.Role;
import io.boxoffice.partners.payment.callback.CallbackSender;
import io.boxoffice.partners.payment.ledger.Book;
import io.boxoffice.partners.payment.ledger.Callback;
import io.boxoffice.partners.payment.ledger.Ledger;
import io.boxoffice.partners.payment.ledger.LedgerEntry;
import io.boxoffice.partners.simulation.PartnerSimulation;
import io.dropwizard.core.setup.Environment;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** Builds the payment partner from its settings. */
public final class PaymentRole implements Role {
  private static final int THREADS = 4;

  @Override
  public String name() {
    return "payment";
  }

  @Override
  public void install(
      PartnersConfiguration configuration, Environment environment, CollectorRegistry prometheus) {
    PaymentSettings settings = configuration.payment();
    Optional<URI> target = settings.callbacks().target();
    Clock clock = Clock.systemUTC();
    Ledger ledger =
        Ledger.open(clock, Path.of(settings.directory()), environment.getObjectMapper());
    environment.lifecycle().manage(ledger);
    environment.healthChecks().register("ledger", ledger);
    ScheduledExecutorService timer =
        environment
            .lifecycle()
            .scheduledExecutorService("payment-timer", true)
            .threads(1)
            .removeOnCancelPolicy(true)
            .build();
    ExecutorService executor =
        environment
            .lifecycle()
            .executorService("payment-%d")
            .minThreads(THREADS)
            .maxThreads(THREADS)
            .workQueue(new LinkedBlockingQueue<>())
            .build();

    PaymentMetrics metrics = new PaymentMetrics(prometheus);
    Book book = ledger.book();
    Behaviour behaviour = new Behaviour(settings, book.size());
    Consumer<Callback> callbacks = callback -> book.forget(callback.id());
    if (target.isPresent()) {
      CallbackSender sender =
          new CallbackSender(
              target.get(),
              settings.callbacks(),
              environment.getObjectMapper(),
              clock,
              timer,
              executor,
              (callback, outcome) -> record(callback, outcome, ledger, metrics));
      callbacks = callback -> behaviour.nextCallback().forEach(at -> sender.send(callback, at));
      metrics.gauge("payment_callbacks_pending", "Callbacks to be sent.", sender::pending);
      environment
          .lifecycle()
          .addServerLifecycleListener(server -> sender.sendAgain(book.undelivered()));
    }
    Waits waits = new Waits(timer);
    environment.lifecycle().addEventListener(waits);
    NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator(new SecureRandom());
    Charges charges =
        new Charges(
            settings,
            ledger,
            behaviour,
            waits,
            ids,
            executor,
            callbacks,
            metrics,
            new ConcurrentHashMap<>());
    Refunds refunds =
        new Refunds(ledger, ids, executor, callbacks, metrics, new ConcurrentHashMap<>());
    metrics.gauge("payment_charges_in_progress", "Charges without an answer.", charges::inProgress);
    metrics.gauge("payment_ledger_charges", "Charges in the ledger.", book::size);
    environment.jersey().register(new ChargeResource(charges, refunds, book));
    PartnerSimulation.install(
        environment, prometheus, clock, "/charges", List.of(ChargeResource.class));
  }

  private static void record(
      Callback callback, CallbackSender.Outcome outcome, Ledger ledger, PaymentMetrics metrics) {
    metrics.called(outcome);
    switch (outcome) {
      case DELIVERED -> {
        // If this line is lost in a crash, the shop gets the callback once more.
        var unused = ledger.append(now -> new LedgerEntry.Delivered(callback.id()));
      }
      case GIVEN_UP -> ledger.book().forget(callback.id());
      case FAILED -> {}
    }
  }
}
