package io.boxoffice.purchase;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.uuid.NoArgGenerator;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Jdbi;

/**
 * Executes the purchases of the warm-up, so that they take the same path as real ones and keep
 * nothing. It sells a concert whose id is random and known to this process only. All other requests
 * go to the real desk; once this desk is closed, all requests do.
 */
public final class WarmUpDesk implements SalesDesk, AutoCloseable {
  private final SalesDesk real;
  private final UUID concertId;
  private final UUID ticketTypeId;
  private final UUID soldOutTypeId;
  private volatile BatchingSalesDesk warmUpDesk;

  /** Opens the desk with the settings of the real one, and with metrics that are not exported. */
  public WarmUpDesk(
      SalesDesk real, Jdbi jdbi, Clock clock, NoArgGenerator ids, SalesDeskSettings settings) {
    this.real = real;
    this.concertId = ids.generate();
    this.ticketTypeId = ids.generate();
    this.soldOutTypeId = ids.generate();
    TicketTypeCatalogue catalogue = new TicketTypeCatalogue(jdbi);
    catalogue.remember(concertId, ticketTypeId, soldOutTypeId);
    this.warmUpDesk =
        new BatchingSalesDesk(
            new WarmUpSales(jdbi, clock, ids::generate, concertId, ticketTypeId, soldOutTypeId),
            catalogue,
            settings,
            new SalesMetrics(new MetricRegistry(), new CollectorRegistry()));
  }

  /** Returns the id of the warm-up concert, which is not in the database. */
  public UUID concertId() {
    return concertId;
  }

  /** Returns the id of a ticket type that has tickets left. */
  public UUID ticketTypeId() {
    return ticketTypeId;
  }

  /** Returns the id of a ticket type that is sold out. */
  public UUID soldOutTypeId() {
    return soldOutTypeId;
  }

  @Override
  public CompletionStage<Verdict> submit(PurchaseRequest request) {
    BatchingSalesDesk desk = warmUpDesk;
    return desk != null && request.concertId().equals(concertId)
        ? desk.submit(request)
        : real.submit(request);
  }

  @Override
  public void close() {
    BatchingSalesDesk desk = warmUpDesk;
    warmUpDesk = null;
    try {
      desk.stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
