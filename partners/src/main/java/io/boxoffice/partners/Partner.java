package io.boxoffice.partners;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.partners.delay.Waits;
import io.boxoffice.partners.journal.Journal;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;

/**
 * What the roles of a process share: its threads, clock, ids and metrics, and the places where they
 * register their parts.
 */
public final class Partner {
  private static final int THREADS = 4;

  private final Environment environment;
  private final CollectorRegistry prometheus;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Executor executor;
  private final Waits waits;
  private final NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator(new SecureRandom());
  private final Journals journals = new Journals();
  private final List<Class<?>> resources = new ArrayList<>();

  /**
   * Creates the threads of a process.
   *
   * @param prometheus the registry behind {@code /metrics}
   */
  Partner(Environment environment, CollectorRegistry prometheus, Clock clock) {
    this.environment = environment;
    this.prometheus = prometheus;
    this.clock = clock;
    environment.lifecycle().manage(journals);
    environment.healthChecks().register("ledger", journals);
    this.timer =
        environment
            .lifecycle()
            .scheduledExecutorService("partner-timer", true)
            .threads(1)
            .removeOnCancelPolicy(true)
            .build();
    this.executor =
        environment
            .lifecycle()
            .executorService("partner-%d")
            .minThreads(THREADS)
            .maxThreads(THREADS)
            .workQueue(new LinkedBlockingQueue<>())
            .build();
    this.waits = new Waits(timer);
    environment.lifecycle().addEventListener(waits);
  }

  /** Starts and stops a journal, and reports it to {@code /health}. */
  public void keep(Journal<?> journal) {
    journals.add(journal);
  }

  /** Starts and stops a part. Parts stop in the opposite order. */
  public void manage(Managed part) {
    environment.lifecycle().manage(part);
  }

  /** Runs a task when requests are accepted. */
  public void afterStart(Runnable task) {
    environment.lifecycle().addServerLifecycleListener(server -> task.run());
  }

  /** Serves a resource, to whose routes the rules of {@code PUT /simulation} apply. */
  public void serve(Object resource) {
    environment.jersey().register(resource);
    resources.add(resource.getClass());
  }

  /** Adds a gauge that is read at each scrape. */
  public void gauge(String name, String help, DoubleSupplier value) {
    Gauge.build(name, help)
        .create()
        .setChild(
            new Gauge.Child() {
              @Override
              public double get() {
                return value.getAsDouble();
              }
            })
        .register(prometheus);
  }

  /** The registry of all metrics. */
  public CollectorRegistry prometheus() {
    return prometheus;
  }

  /** The time of the process. */
  public Clock clock() {
    return clock;
  }

  /** Makes ids that increase in the order of creation (UUID version 7). */
  public NoArgGenerator ids() {
    return ids;
  }

  /** Reads and writes JSON as the HTTP API does. */
  public ObjectMapper json() {
    return environment.getObjectMapper();
  }

  /** Delays effects; ends all waits when the process stops. */
  public Waits waits() {
    return waits;
  }

  /** Starts tasks later; its thread must never be blocked. */
  public ScheduledExecutorService timer() {
    return timer;
  }

  /** Runs what follows a wait or an answer; its tasks must not block. */
  public Executor executor() {
    return executor;
  }

  /** The classes of all resources that roles serve. */
  List<Class<?>> resources() {
    return resources;
  }
}
