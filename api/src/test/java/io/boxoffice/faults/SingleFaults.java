package io.boxoffice.faults;

import io.boxoffice.faults.Fault.Kind;
import io.boxoffice.faults.Passage.Channel;
import io.boxoffice.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * Tries faults on flows. A run without a fault counts the messages of a flow. Then the flow runs
 * once for each message and each kind of fault, with a concert of its own. After each run the
 * client resolves what it does not know, a sound replica recovers, and the audit compares shop,
 * partner and client. A replica that crashed comes back afterwards, which must change nothing.
 */
final class SingleFaults implements AutoCloseable {
  private final Connection connection;
  private final Jdbi jdbi;
  private final LedgerPartner partner;
  private final Shop faulty;
  private final Shop sound;
  private final List<String> findings = new ArrayList<>();
  private final List<String> notReached = new ArrayList<>();
  private final Map<String, Map<Kind, Integer>> tried = new TreeMap<>();

  /** Starts two replicas of the same build, and a partner. */
  SingleFaults(Shop.Build build) throws Exception {
    TestDatabase database = TestDatabase.migrated();
    // One for all: to open a connection takes longer than what the test sends on it.
    connection = DriverManager.getConnection(database.url(), database.user(), database.password());
    jdbi =
        Jdbi.create(connection)
            .installPlugin(new PostgresPlugin())
            .installPlugin(new SqlObjectPlugin());
    partner = LedgerPartner.start();
    faulty = new Shop(database, partner, build);
    sound = new Shop(database, partner, build);
    for (Shop shop : List.of(faulty, sound)) {
      shop.settle();
      // The first purchase of a process sends more messages than the later ones.
      Scene scene = new Scene(jdbi, partner, shop, shop);
      Scene.repeated(() -> scene.buy(shop));
    }
  }

  /** What is wrong, one line for each point and finding. */
  List<String> findings() {
    return findings;
  }

  /** The points whose run ended before their message. */
  List<String> notReached() {
    return notReached;
  }

  /** How many points were tried, by flow and kind. */
  String report() {
    StringBuilder report = new StringBuilder();
    int all = 0;
    for (Map.Entry<String, Map<Kind, Integer>> flow : tried.entrySet()) {
      int sum = flow.getValue().values().stream().mapToInt(Integer::intValue).sum();
      all += sum;
      report.append("%-20s %4d  %s%n".formatted(flow.getKey(), sum, flow.getValue()));
    }
    return report
        .append("single faults tried: %d, not reached: %d%n".formatted(all, notReached.size()))
        .toString();
  }

  /** Runs a flow without a fault, and returns its messages. */
  List<Passage> messages(Flow flow) {
    Scene scene = new Scene(jdbi, partner, faulty, sound);
    act(flow, scene, null);
    faulty.awaitQuiet();
    List<Passage> messages = faulty.gate().disarm();
    finish(flow, scene, faulty, "without a fault", true);
    return messages;
  }

  /** Returns every fault that has a meaning at these messages. */
  static List<Fault> faultsAt(List<Passage> messages) {
    List<Fault> all = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Passage message = messages.get(i);
      for (Kind kind : Kind.values()) {
        boolean meaningful =
            switch (kind) {
              case CUT_BEFORE, CUT_AFTER, CRASH -> true;
              case DUPLICATE -> message.canRepeat();
              // Within one direction, a delay before one message delays the next ones too.
              case DELAY ->
                  message.channel() != Channel.CLIENT
                      && (i == 0 || messages.get(i - 1).request() != message.request());
            };
        if (meaningful) {
          all.add(new Fault(kind, i + 1));
        }
      }
    }
    // After the last message: the client has its answer, and the replica is gone.
    all.add(new Fault(Kind.CRASH, messages.size() + 1));
    return all;
  }

  /** Runs a flow with a fault. */
  void run(Flow flow, Fault fault) {
    Scene scene = new Scene(jdbi, partner, faulty, sound);
    act(flow, scene, fault);
    boolean crashed = fault.kind() == Kind.CRASH;
    Passage hit = faulty.gate().hit();
    int messages = faulty.gate().disarm().size();
    if (crashed && hit == null && fault.at() > messages) {
      faulty.crash();
    }
    String point = "%s, %s of %d (%s)".formatted(flow, fault, messages, hit);
    if (hit == null && !(crashed && fault.at() > messages)) {
      notReached.add(point);
    }
    tried
        .computeIfAbsent(flow.name(), any -> new EnumMap<>(Kind.class))
        .merge(fault.kind(), 1, Integer::sum);
    finish(flow, scene, crashed ? sound : faulty, point, false);
    if (crashed) {
      faulty.revive();
      faulty.settle();
      faulty.sweep();
      faulty.reconcile();
      faulty.settle();
      audit(flow, scene, point + ", after the replica came back", false);
    }
  }

  private void act(Flow flow, Scene scene, Fault fault) {
    flow.prepare().accept(scene);
    sound.settle();
    faulty.settle();
    faulty.gate().arm(fault);
    flow.act().accept(scene);
  }

  /** Each round, the client asks once more, because a payment can have turned out as not made. */
  private void finish(Flow flow, Scene scene, Shop client, String point, boolean clean) {
    try {
      for (int round = 0; round < 2; round++) {
        flow.resolve().accept(scene, client);
        scene.recover();
      }
    } catch (AssertionError stuck) {
      findings.add(point + ": not resolved: " + stuck.getMessage());
    }
    audit(flow, scene, point, clean);
  }

  private void audit(Flow flow, Scene scene, String point, boolean clean) {
    Audit.of(scene, flow, clean).forEach(finding -> findings.add(point + ": " + finding));
  }

  @Override
  public void close() throws Exception {
    faulty.close();
    sound.close();
    partner.close();
    connection.close();
  }
}
