package io.boxoffice.stress.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Loads that were measured in turn, round after round, and the ratios between them. A ratio is
 * taken within each round and its median counts, so that other work on the machine changes both
 * sides of it.
 */
public final class Section {
  private final String name;
  private final String title;
  private final Map<String, List<Measurement>> rows = new LinkedHashMap<>();
  private final List<Ratio> ratios = new ArrayList<>();

  /** An empty one. */
  public Section(String name, String title) {
    this.name = name;
    this.title = title;
  }

  /** Adds a round of a load. */
  public void add(String row, Measurement measurement) {
    rows.computeIfAbsent(row, key -> new ArrayList<>()).add(measurement);
  }

  /** Adds the ratio of two loads' rates. */
  public void compareRates(String over, String under, Goal goal) {
    compare(
        over + " / " + under,
        round -> round.of(over).rate() / round.of(under).rate(),
        rows.get(over).size(),
        goal);
  }

  /** Adds a ratio that is computed for each round. */
  public void compare(String ratio, ToDoubleFunction<Round> inRound, Goal goal) {
    int rounds = rows.values().stream().mapToInt(List::size).min().orElse(0);
    compare(ratio, inRound, rounds, goal);
  }

  private void compare(String ratio, ToDoubleFunction<Round> inRound, int rounds, Goal goal) {
    List<Double> values =
        IntStream.range(0, rounds)
            .mapToObj(index -> inRound.applyAsDouble(row -> rows.get(row).get(index)))
            .toList();
    ratios.add(new Ratio(ratio, Median.of(values), goal));
  }

  /** The median of all rounds of a load, figure by figure; others are their sum. */
  public Measurement median(String row) {
    return new Measurement(
        median(row, Measurement::rate),
        median(row, Measurement::p50),
        median(row, Measurement::p99),
        rows.get(row).stream().mapToLong(Measurement::others).sum(),
        median(row, Measurement::generatorCores),
        median(row, Measurement::serviceMicros));
  }

  private double median(String row, ToDoubleFunction<Measurement> figure) {
    return Median.of(rows.get(row).stream().map(figure::applyAsDouble).toList());
  }

  /** Its name on the command line. */
  public String name() {
    return name;
  }

  /** Its title in the report. */
  public String title() {
    return title;
  }

  /** The loads in the order of their first round. */
  public List<String> rows() {
    return List.copyOf(rows.keySet());
  }

  /** Every round of a load. */
  public List<Measurement> rounds(String row) {
    return List.copyOf(rows.get(row));
  }

  /** The ratios in the order of their adding. */
  public List<Ratio> ratios() {
    return List.copyOf(ratios);
  }

  /** One round's measurements by load. */
  @FunctionalInterface
  public interface Round {
    /** The measurement of a load in this round. */
    Measurement of(String row);
  }
}
