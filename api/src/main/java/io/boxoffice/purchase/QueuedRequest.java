package io.boxoffice.purchase;

import java.util.concurrent.CompletableFuture;

/**
 * A request in a queue of the desk.
 *
 * @param queue where it waits
 * @param requestId the request's id in the logs
 * @param arrivedNanos when it was queued, as {@link System#nanoTime()} counts
 */
record QueuedRequest(
    TicketTypeQueue queue,
    PurchaseRequest request,
    String requestId,
    long arrivedNanos,
    CompletableFuture<Verdict> verdict) {}
