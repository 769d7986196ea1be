package io.boxoffice.event.transport;

import java.time.Duration;

/**
 * Holds what waits for a consumer.
 *
 * @param deliveries those that wait or are in progress
 * @param oldest how long the oldest has been published; zero if none waits
 * @param deadLetters those that failed for good
 */
public record Backlog(String consumer, long deliveries, Duration oldest, long deadLetters) {}
