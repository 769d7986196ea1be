package io.boxoffice.purchase.desk;

import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import io.opentelemetry.api.trace.Span;
import java.util.concurrent.CompletableFuture;

/**
 * Links a queued request to its queue and to the future that sends its response.
 *
 * @param queue the queue that holds it
 * @param requestId the request's id in the logs
 * @param span its span, which is not recorded if it has none
 * @param arrivedNanos when it was queued, in the nanoseconds of {@link System#nanoTime()}
 */
record QueuedRequest(
    TicketTypeQueue queue,
    PurchaseRequest request,
    String requestId,
    Span span,
    long arrivedNanos,
    CompletableFuture<Verdict> verdict) {}
