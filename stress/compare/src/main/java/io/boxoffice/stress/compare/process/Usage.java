package io.boxoffice.stress.compare.process;

/**
 * What a shop used during a load.
 *
 * @param threads the most at one time, 0 on a system without /proc
 * @param memoryMegabytes the most resident memory at one time, in 2^20 bytes; 0 likewise
 * @param cpuSeconds of the shop, from the begin of the load to the last effect
 * @param outboxMost the most events that were not published, by the metric outbox_events
 * @param outboxOldestSeconds the oldest of them, by outbox_oldest_seconds
 * @param eventBacklogMost the most deliveries that waited, by event_backlog, which the shop reads
 *     every 15 s
 * @param eventBacklogOldestSeconds the oldest of them, by event_backlog_oldest_seconds
 */
public record Usage(
    int threads,
    double memoryMegabytes,
    double cpuSeconds,
    double outboxMost,
    double outboxOldestSeconds,
    double eventBacklogMost,
    double eventBacklogOldestSeconds) {}
