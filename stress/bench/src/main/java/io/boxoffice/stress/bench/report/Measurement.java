package io.boxoffice.stress.bench.report;

/**
 * The figures of one load in one round.
 *
 * @param rate wanted outcomes per second: purchases, or refusals where those are measured
 * @param p50 the median latency in milliseconds
 * @param p99 the latency in milliseconds that one in a hundred exceeded
 * @param others how many outcomes were not the wanted one
 * @param generatorCores how many cores the benchmark's own process took from what it measures
 */
public record Measurement(
    double rate, double p50, double p99, long others, double generatorCores) {}
