package io.boxoffice.pageview;

import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a batch until it is committed, because its requests were answered before. A try whose
 * commit was not answered is not repeated if it was committed, so no view counts twice.
 */
final class PersistentCopies implements Consumer<PageViewBatch> {
  private static final Logger LOG = LoggerFactory.getLogger(PersistentCopies.class);

  private final PageViewStore store;
  private final PageViewMetrics metrics;
  private final Duration pause;

  /**
   * Copies into the given store.
   *
   * @param pause between two tries
   */
  PersistentCopies(PageViewStore store, PageViewMetrics metrics, Duration pause) {
    this.store = store;
    this.metrics = metrics;
    this.pause = pause;
  }

  /** Returns after the commit, or when the thread is interrupted. */
  @Override
  public void accept(PageViewBatch batch) {
    boolean logged = false;
    while (!isWritten(batch, logged)) {
      logged = true;
      try {
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        metrics.lost(batch.views().size());
        LOG.warn("{} page views were not written at the stop", batch.views().size());
        return;
      }
    }
  }

  private boolean isWritten(PageViewBatch batch, boolean logged) {
    try {
      if (!store.isCommitted(batch)) {
        store.copy(batch);
      }
      return true;
    } catch (RuntimeException away) {
      if (!logged) {
        LOG.warn("Page views are written later: {}", away.getMessage());
      }
      return false;
    }
  }
}
