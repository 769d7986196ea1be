package io.boxoffice.partners;

import com.codahale.metrics.health.HealthCheck;
import io.boxoffice.partners.journal.Journal;
import io.dropwizard.lifecycle.Managed;
import java.util.ArrayList;
import java.util.List;

/** The journals of all roles of a process: they start before everything else, and stop after it. */
final class Journals extends HealthCheck implements Managed {
  private final List<Journal<?>> journals = new ArrayList<>();

  /** Adds the journal of a role, before the start. */
  void add(Journal<?> journal) {
    journals.add(journal);
  }

  @Override
  public void start() {
    journals.forEach(Journal::start);
  }

  @Override
  public void stop() throws Exception {
    for (Journal<?> journal : journals) {
      journal.stop();
    }
  }

  @Override
  protected Result check() {
    return journals.stream().allMatch(Journal::isWritable)
        ? Result.healthy()
        : Result.unhealthy("a ledger could not be written");
  }
}
