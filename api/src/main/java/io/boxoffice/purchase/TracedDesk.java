package io.boxoffice.purchase;

import io.boxoffice.platform.tracing.Traceparent;
import io.boxoffice.platform.tracing.Tracing;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.desk.SalesDesk;
import io.opentelemetry.api.trace.SpanKind;
import java.util.concurrent.CompletionStage;

/** Gives each request at the desk a span, from its arrival to its verdict. */
final class TracedDesk implements SalesDesk {
  private final SalesDesk desk;
  private final Tracing tracing;

  private TracedDesk(SalesDesk desk, Tracing tracing) {
    this.desk = desk;
    this.tracing = tracing;
  }

  /** Returns the desk itself if no spans are recorded. */
  static SalesDesk of(SalesDesk desk, Tracing tracing) {
    return tracing.isOn() ? new TracedDesk(desk, tracing) : desk;
  }

  @Override
  public CompletionStage<Verdict> submit(PurchaseRequest request) {
    return tracing.follow(
        "desk", SpanKind.INTERNAL, () -> desk.submit(request.at(Traceparent.current())));
  }
}
