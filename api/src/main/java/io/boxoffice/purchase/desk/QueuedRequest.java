package io.boxoffice.purchase.desk;

import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import java.util.concurrent.CompletableFuture;

/**
 * Links a queued request to its queue and to the future that sends its response.
 *
 * @param queue the queue that holds it
 * @param requestId the request's id in the logs
 * @param arrivedNanos when it was queued, in the nanoseconds of {@link System#nanoTime()}
 */
record QueuedRequest(
    TicketTypeQueue queue,
    PurchaseRequest request,
    String requestId,
    long arrivedNanos,
    CompletableFuture<Verdict> verdict) {}
