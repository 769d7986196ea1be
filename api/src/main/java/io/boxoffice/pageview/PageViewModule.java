package io.boxoffice.pageview;

import io.boxoffice.concert.known.KnownConcerts;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.partner.Communication;
import io.boxoffice.partner.PartnerModule;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Builds the parts of this feature: page views, written in the way that the settings name. */
public final class PageViewModule {
  /** How long an answered view waits for others. */
  private static final Duration COLLECTION = Duration.ofMillis(100);

  private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

  private PageViewModule() {}

  /**
   * Registers the resource, the writer, the metrics and the deletion of old views.
   *
   * @param outbox publishes the views
   * @param partners says whether a request waits for its own statement, for the commit of its
   *     batch, or only for a place in the buffer; and has the analytics partner
   * @param concerts which views are accepted
   */
  public static void install(
      Foundation foundation, Outbox outbox, PartnerModule partners, KnownConcerts concerts) {
    Communication way = partners.followUps().way();
    PageViewMetrics metrics = new PageViewMetrics(foundation.environment().metrics());
    PageViewStore store = new PageViewStore(foundation.jdbi(), outbox, metrics);
    LifecycleEnvironment lifecycle = foundation.environment().lifecycle();
    Response.Status success =
        way == Communication.EVENTS ? Response.Status.ACCEPTED : Response.Status.CREATED;
    foundation
        .environment()
        .jersey()
        .register(
            new PageViewResource(
                concerts::contains,
                writer(lifecycle, store, metrics, way),
                success,
                foundation.clock()));
    PageViewFigures.install(partners);
    OldPageViews old = new OldPageViews(foundation.jdbi());
    lifecycle.manage(new RepeatedTask("page-view-deletion", OldPageViews.PAUSE, old::delete));
  }

  private static PageViewWriter writer(
      LifecycleEnvironment lifecycle,
      PageViewStore store,
      PageViewMetrics metrics,
      Communication way) {
    return switch (way) {
      case BLOCKING -> {
        metrics.watch(() -> 0);
        yield view -> {
          store.insert(view);
          return CompletableFuture.completedStage(null);
        };
      }
      case NONBLOCKING -> batching(lifecycle, metrics, Duration.ZERO, store::copy);
      case EVENTS -> {
        BatchingWriter buffer =
            batching(
                lifecycle, metrics, COLLECTION, new PersistentCopies(store, metrics, RETRY_PAUSE));
        yield view -> {
          var unused = buffer.write(view);
          return CompletableFuture.completedStage(null);
        };
      }
    };
  }

  private static BatchingWriter batching(
      LifecycleEnvironment lifecycle,
      PageViewMetrics metrics,
      Duration collection,
      Consumer<PageViewBatch> copies) {
    BatchingWriter writer =
        new BatchingWriter(BatchingWriter.CAPACITY, collection, copies, metrics);
    metrics.watch(writer::waiting);
    lifecycle.manage(writer);
    return writer;
  }
}
