package io.boxoffice.lab.balancing;

import io.boxoffice.lab.shop.Algorithm;
import io.boxoffice.lab.shop.ProxyProgram;
import java.util.List;
import java.util.stream.Stream;

/** What is compared: a proxy with an algorithm in a situation. */
record Cell(Situation situation, ProxyProgram program, Algorithm algorithm) {

  /** All cells of a situation. */
  static List<Cell> of(Situation situation, List<ProxyProgram> programs) {
    return programs.stream()
        .flatMap(
            program ->
                Stream.of(Algorithm.values())
                    .map(algorithm -> new Cell(situation, program, algorithm)))
        .toList();
  }

  /** For a table. */
  String title() {
    return "%s, %s".formatted(program.title(), algorithm.title());
  }
}
