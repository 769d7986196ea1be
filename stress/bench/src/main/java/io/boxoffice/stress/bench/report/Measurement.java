package io.boxoffice.stress.bench.report;

/**
 * The figures of one load in one round.
 *
 * @param rate expected outcomes per second: purchases, or rejections in a load that measures those
 * @param p50 the median latency in milliseconds
 * @param p99 the latency in milliseconds that one in a hundred exceeded
 * @param others the number of other outcomes
 * @param generatorCores how many cores the benchmark's own process used
 * @param serviceMicros the CPU time of the service for each answer, in microseconds
 */
public record Measurement(
    double rate, double p50, double p99, long others, double generatorCores, double serviceMicros) {

  /** The figures of a load that ended without a result. */
  public static final Measurement NONE =
      new Measurement(0, Double.NaN, Double.NaN, 0, Double.NaN, Double.NaN);
}
