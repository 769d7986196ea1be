package io.boxoffice.purchase;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.uuid.NoArgGenerator;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Jdbi;

/**
 * A desk beside the real one that sells a concert of which nobody knows the id, and keeps nothing.
 * Once it is closed, all requests go to the real one.
 */
public final class WarmUpDesk implements SalesDesk, AutoCloseable {
  private final SalesDesk real;
  private final UUID concertId;
  private final UUID ticketTypeId;
  private final UUID soldOutTypeId;
  private volatile BatchingSalesDesk warming;

  /** Opens the desk with the settings of the real one; it counts in metrics that nobody reads. */
  public WarmUpDesk(
      SalesDesk real, Jdbi jdbi, Clock clock, NoArgGenerator ids, SalesDeskSettings settings) {
    this.real = real;
    this.concertId = ids.generate();
    this.ticketTypeId = ids.generate();
    this.soldOutTypeId = ids.generate();
    TicketTypeCatalogue catalogue = new TicketTypeCatalogue(jdbi);
    catalogue.remember(concertId, ticketTypeId, soldOutTypeId);
    this.warming =
        new BatchingSalesDesk(
            new WarmUpSales(jdbi, clock, ids::generate, concertId, ticketTypeId, soldOutTypeId),
            catalogue,
            settings,
            new SalesMetrics(new MetricRegistry(), new CollectorRegistry()));
  }

  /** The concert that exists nowhere else. */
  public UUID concertId() {
    return concertId;
  }

  /** A ticket type of the concert. */
  public UUID ticketTypeId() {
    return ticketTypeId;
  }

  /** Another one, of which nothing is left. */
  public UUID soldOutTypeId() {
    return soldOutTypeId;
  }

  @Override
  public CompletionStage<Verdict> submit(PurchaseRequest request) {
    BatchingSalesDesk desk = warming;
    return desk != null && request.concertId().equals(concertId)
        ? desk.submit(request)
        : real.submit(request);
  }

  @Override
  public void close() {
    BatchingSalesDesk desk = warming;
    warming = null;
    try {
      desk.stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
