/**
 * Receives scans from RabbitMQ, where shippers publish them, and applies them as the requests do.
 * Read {@link io.boxoffice.gate.ingest.ScanIngestion} first.
 */
package io.boxoffice.gate.ingest;
