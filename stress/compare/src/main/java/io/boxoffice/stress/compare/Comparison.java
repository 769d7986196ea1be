package io.boxoffice.stress.compare;

import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.safety.CleanUp;
import io.boxoffice.stress.bench.service.Accounts;
import io.boxoffice.stress.bench.sql.BenchDatabase;
import io.boxoffice.stress.compare.audit.Audit;
import io.boxoffice.stress.compare.audit.Backlog;
import io.boxoffice.stress.compare.http.JsonCalls;
import io.boxoffice.stress.compare.process.Broker;
import io.boxoffice.stress.compare.process.Restartable;
import io.boxoffice.stress.compare.process.Services;
import io.boxoffice.stress.compare.process.Watch;
import io.boxoffice.stress.compare.process.Way;
import io.boxoffice.stress.compare.result.Condition;
import io.boxoffice.stress.compare.result.Row;
import io.boxoffice.stress.compare.scenario.Scenario;
import io.boxoffice.stress.compare.scenario.ScenarioKind;
import io.boxoffice.stress.compare.scenario.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Measures one scenario in one way after the other, each with fresh processes and an empty
 * database.
 */
final class Comparison {
  private static final long RESTART_MILLIS = 2_000;
  private static final long BROKER_PAUSE_MILLIS = 3_000;
  private static final int OUTBOX_POLLS = 300;
  private static final long OUTBOX_POLL_MILLIS = 100;

  /** One answer of five is lost after its effect, of all calls to the partners. */
  private static final String LOSSY =
      """
      {"activeProfile": "lossy", "expiresIn": "1h", "profiles": {"lossy": [
        {"id": "lossy", "match": {"methods": ["POST"]}, "phase": "response", "lose": {"percent": 20}}]}}
      """;

  private final CompareOptions options;
  private final BenchDatabase server;
  private final CleanUp cleanUp;
  private final Path folder;
  private int loads;

  /** Measures on databases of the given server; logs and data go to the folder. */
  Comparison(CompareOptions options, BenchDatabase server, CleanUp cleanUp, Path folder) {
    this.options = options;
    this.server = server;
    this.cleanUp = cleanUp;
    this.folder = folder;
  }

  /** Whether a condition is possible in a way. */
  static boolean isPossible(Condition condition, Way way) {
    return condition != Condition.BROKER_KILLED || way.needsBroker();
  }

  /** Measures one load, and stops what it has started. */
  Row measure(ScenarioKind kind, Way way, Condition condition) {
    CleanUp own = cleanUp.add(new CleanUp());
    try {
      return measure(kind, way, condition, own);
    } finally {
      cleanUp.closeNow(own);
    }
  }

  private Row measure(ScenarioKind kind, Way way, Condition condition, CleanUp own) {
    loads++;
    Compare.say(
        String.format(Locale.ROOT, "%s, %s, %s: starting", kind.id(), way.title(), condition.id()));
    Path place = create(folder.resolve("%02d-%s".formatted(loads, kind.id())));
    BenchDatabase database = database();
    Broker broker = way.needsBroker() ? own.add(Broker.start(place.resolve("broker"))) : null;
    Services services =
        own.add(
            new Services(
                place,
                database,
                way,
                broker == null ? "" : broker.url(),
                kind.partnerSettings(),
                condition == Condition.NO_KEYS));
    Stage stage =
        new Stage(
            new JsonCalls(services.shop().url(), services.operatorToken()),
            new JsonCalls(services.shop().url(), ""),
            new JsonCalls(services.partners().url(), services.partnerToken()),
            database);
    Scenario scenario =
        own.add(kind.create(stage, new Accounts(services.shop().port(), services.operatorToken())));
    double rate = options.rateOf(kind);
    Load load = new Load(options, scenario, rate);
    Compare.say("  preparing %d requests".formatted(load.requests()));
    scenario.prepare(load.requests());
    String unrelated = stage.unrelatedPurchase();
    awaitEmptyOutbox(database, way);
    if (condition.losesAnswers()) {
      stage.partners().send("PUT", "/simulation", LOSSY, 200);
    }
    Watch watch = own.add(Watch.begin(services.shop()));
    Load.Result result = load.run(stage.buyers(), unrelated, killer(condition, services, broker));
    Audit audit = Audit.of(result.answers(), result.effects(), result.window());
    long lastEffect = result.window().to() + (long) (audit.drainMillis() * 1_000);
    Row row =
        new Row(
            kind,
            way,
            condition,
            rate,
            audit,
            watch.usage(lastEffect),
            result.readsMillis(),
            result.readFailures(),
            Backlog.of(result.answers(), result.effects())
                .bySecond(result.window().from() - options.warmUp().toMillis() * 1_000, lastEffect),
            scenario.faults());
    Compare.say(
        String.format(
            Locale.ROOT,
            "  accepted p95 %,.0f ms, completed p95 %,.0f ms, %d without success, %d lost, %d done twice",
            audit.acceptedMillis().p95(),
            audit.completedMillis().p95(),
            audit.failures(),
            audit.lost(),
            audit.twice()));
    return row;
  }

  private BenchDatabase database() {
    String name = "compare_" + loads;
    server.execute("DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name);
    return server.named(name);
  }

  /** Kills what the condition says in the middle of the load, and starts it again. */
  private CompletableFuture<Void> killer(Condition condition, Services services, Broker broker) {
    if (!condition.kills()) {
      return CompletableFuture.completedFuture(null);
    }
    Restartable target =
        switch (condition) {
          case SHOP_KILLED -> services.shop();
          case PARTNER_KILLED -> services.partners();
          default -> broker;
        };
    long middle = options.warmUp().plus(options.duration().dividedBy(2)).toMillis();
    return CompletableFuture.runAsync(
        () -> {
          Load.pause(middle);
          target.kill();
          Compare.say("  killed");
          Load.pause(RESTART_MILLIS);
          target.restart();
          Compare.say("  started again");
        },
        task -> new Thread(task, "killer").start());
  }

  /** The events of the preparation must not be a part of the load. */
  private static void awaitEmptyOutbox(BenchDatabase database, Way way) {
    for (int poll = 0; poll < OUTBOX_POLLS && waiting(database) > 0; poll++) {
      Load.pause(OUTBOX_POLL_MILLIS);
    }
    if (way.needsBroker()) {
      Load.pause(BROKER_PAUSE_MILLIS);
    }
  }

  private static long waiting(BenchDatabase database) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM deliveries)")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException cause) {
      throw new BenchException("The database reported an error: " + cause.getMessage(), cause);
    }
  }

  private static Path create(Path place) {
    try {
      return Files.createDirectories(place);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
