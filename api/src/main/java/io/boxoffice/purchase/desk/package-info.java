/**
 * Queues requests to buy and sells them in batches. It uses no API of HTTP or SQL.
 *
 * <p>{@link io.boxoffice.purchase.desk.BatchingSalesDesk} receives a request. {@link
 * io.boxoffice.purchase.desk.RequestQueues} admits it to a bounded queue. {@link
 * io.boxoffice.purchase.desk.BatchScheduler} decides when a batch runs and on which thread. {@link
 * io.boxoffice.purchase.desk.BatchExecutor} sells the batch through {@link
 * io.boxoffice.purchase.desk.Sales}. {@link io.boxoffice.purchase.desk.ResponseDispatcher} sends
 * the results.
 */
package io.boxoffice.purchase.desk;
