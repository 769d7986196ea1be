package io.boxoffice.process.broken;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Sends a given number of broken requests to a server. The requests depend only on the seed and the
 * ids of that server, not on the thread that sends them.
 */
public final class Trial {
  private static final int CONNECTIONS = 24;
  private static final int PROGRESS = 2_000;

  private final int port;
  private final int adminPort;
  private final long seed;
  private final int count;
  private final Generator generator;
  private final List<Route> routes;
  private final List<Route> adminRoutes = Route.ofAdmin();
  private final AnswerRules rules;
  private final Findings findings = new Findings();
  private final AtomicLong conversations = new AtomicLong();
  private final AtomicInteger sent = new AtomicInteger();

  /**
   * Prepares a trial.
   *
   * @param port the application port
   * @param adminPort the admin port
   * @param problems the response of {@code /problems}
   * @param contract the file of the contract, which lists most of the routes
   */
  public Trial(
      int port,
      int adminPort,
      World world,
      JsonNode problems,
      Path contract,
      long seed,
      int count) {
    this.port = port;
    this.adminPort = adminPort;
    // Neighbouring seeds must give different requests.
    this.seed = new SplittableRandom(seed).nextLong();
    this.count = count;
    this.generator = new Generator(world);
    this.routes = Route.ofApplication(contract);
    this.rules = new AnswerRules(problems);
  }

  /** Sends all requests. */
  public Findings send() {
    ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      IntStream.range(0, CONNECTIONS)
          .mapToObj(client -> CompletableFuture.runAsync(this::converse, clients))
          .toList()
          .forEach(CompletableFuture::join);
    } finally {
      clients.shutdownNow();
    }
    return findings;
  }

  private void converse() {
    while (sent.get() < count) {
      // Neighbouring seeds of java.util.Random give similar first numbers.
      long number = conversations.getAndIncrement();
      Dice dice = new Dice(new SplittableRandom(seed + number).nextLong());
      boolean isAdmin = dice.oneIn(12);
      List<BrokenRequest> requests = requests(dice, isAdmin ? adminRoutes : routes);
      new Conversation(isAdmin ? adminPort : port, rules, findings).hold(requests, dice.oneIn(4));
      int before = sent.getAndAdd(requests.size());
      int after = before + requests.size();
      if (before / PROGRESS < after / PROGRESS) {
        System.out.printf("broken requests: %d sent, %s%n", after, findings.summary());
      }
    }
  }

  private List<BrokenRequest> requests(Dice dice, List<Route> among) {
    List<BrokenRequest> requests = new ArrayList<>();
    for (int i = dice.below(6); i > 0; i--) {
      requests.add(generator.sound(dice, among));
    }
    if (requests.isEmpty() || dice.oneIn(2)) {
      requests.add(generator.framed(dice, among));
    }
    return requests;
  }
}
