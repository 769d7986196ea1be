package io.boxoffice.lab.balancing;

import io.boxoffice.lab.load.Sale;
import io.boxoffice.lab.shop.Algorithm;
import io.boxoffice.lab.shop.Proxy;
import io.boxoffice.lab.shop.ProxyProgram;
import io.boxoffice.lab.topology.Waiting;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares proxies and algorithms in front of one shop. All cells of a situation are measured
 * beside one another, in an order that rotates from round to round.
 */
public final class Balancing implements AutoCloseable {
  private static final long SEED = 20261130;
  private static final Duration START_LIMIT = Duration.ofSeconds(10);

  /** A JVM is slow at first. */
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  /** The proxy has no connection to any replica yet. */
  private static final Duration LEAD = Duration.ofSeconds(1);

  /** Replicas follow the simulation within 2 s. */
  private static final Duration SIMULATION_LIMIT = Duration.ofMillis(2_500);

  private static final String NO_SIMULATION = "{}";
  private static final String HOLD =
      """
      {"activeProfile": "held", "profiles": {"held": [{
        "id": "held",
        "match": {"methods": ["POST"], "path": "/v1/concerts/{concertId}/purchases"},
        "delay": {"percent": 10, "distribution": {"type": "uniform", "min": "1s", "max": "2s"}}}]}}
      """;

  private final BalancingOptions options;
  private final Consumer<String> progress;
  private final ReplicatedShop shop;
  private final List<Measured> all = new ArrayList<>();

  /**
   * Prepares a comparison.
   *
   * @param data the folder of all nodes, which exists
   * @param progress receives a sentence after each load
   */
  public Balancing(BalancingOptions options, Path data, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    this.shop = new ReplicatedShop(data);
  }

  /** Runs it, writes the results after each situation, and gives the table. */
  public String run() throws IOException {
    shop.start();
    List<Sale> sales = shop.createSales();
    Load load = new Load(ReplicatedShop.sources(), sales, options.perSecond());
    progress.accept("warm-up");
    Proxy warmUp = start(options.programs().get(0), Algorithm.ROUND_ROBIN);
    load.run(warmUp.entrance(), WARM_UP, SEED);
    warmUp.stop();
    for (Situation situation : options.situations()) {
      measure(situation, load);
      write(new BalancingReport(options, all));
    }
    return new BalancingReport(options, all).markdown();
  }

  private void measure(Situation situation, Load load) {
    switch (situation) {
      case EQUAL -> rounds(situation, load);
      case SLOW -> {
        try (SlowReplica slow = SlowReplica.of(shop.replicas().get(0))) {
          rounds(situation, load);
        }
      }
      case HELD -> {
        shop.simulate(HOLD);
        Waiting.pause(SIMULATION_LIMIT);
        rounds(situation, load);
        shop.simulate(NO_SIMULATION);
        Waiting.pause(SIMULATION_LIMIT);
      }
    }
  }

  private void rounds(Situation situation, Load load) {
    List<Cell> cells = new ArrayList<>(Cell.of(situation, options.programs()));
    for (int round = 1; round <= options.rounds(); round++) {
      for (Cell cell : cells) {
        Measured measured = measure(cell, round, load);
        all.add(measured);
        progress.accept(BalancingReport.sentence(measured));
      }
      Collections.rotate(cells, 1);
    }
  }

  private Measured measure(Cell cell, int round, Load load) {
    Proxy proxy = start(cell.program(), cell.algorithm());
    try {
      long lead = LEAD.toNanos() / 1_000;
      List<Answer> answers =
          load.run(proxy.entrance(), LEAD.plus(options.load()), SEED + round).stream()
              .filter(answer -> answer.arrived() >= lead)
              .toList();
      return Measured.of(cell, round, answers, shop.names());
    } finally {
      proxy.stop();
    }
  }

  private Proxy start(ProxyProgram program, Algorithm algorithm) {
    Proxy proxy = shop.proxy(program, algorithm);
    proxy.start();
    Waiting.require("The proxy answers", () -> answers(proxy), START_LIMIT);
    return proxy;
  }

  private static boolean answers(Proxy proxy) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              proxy.entrance().resolve("/health?type=ready").toURL().openConnection();
      connection.setConnectTimeout((int) START_LIMIT.toMillis());
      connection.setReadTimeout((int) START_LIMIT.toMillis());
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  private void write(BalancingReport report) throws IOException {
    Files.writeString(options.out().resolve("balancing.md"), report.markdown());
    Files.writeString(options.out().resolve("balancing.jsonl"), report.jsonLines());
    Files.writeString(options.out().resolve("balancing.svg"), BalancingPlot.draw(report.rows()));
  }

  @Override
  public void close() {
    shop.close();
  }
}
