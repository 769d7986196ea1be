/**
 * Cancels concerts: ends the sale in one transaction, and gives tickets and money back in batches
 * after it.
 *
 * <p>{@link io.boxoffice.cancellation.CancellationResource} receives the request. {@link
 * io.boxoffice.cancellation.CancellationService} stops the sale and reports the progress. {@link
 * io.boxoffice.cancellation.CancellationSweeper} gives everything back.
 */
package io.boxoffice.cancellation;
