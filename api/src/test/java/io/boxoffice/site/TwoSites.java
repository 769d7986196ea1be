package io.boxoffice.site;

import io.boxoffice.account.session.SigningKeys;
import io.boxoffice.platform.database.Schema;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/**
 * Two databases on two servers that replicate to each other, as docs/sites.md sets two sites up,
 * for tests. The servers are shared and stop with the process.
 */
final class TwoSites {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The shared servers. */
  private static final class Servers {
    static final SiteServer A = start();
    static final SiteServer B = start();

    private static SiteServer start() {
      try {
        SiteServer server = SiteServer.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        return server;
      } catch (IOException cause) {
        throw new IllegalStateException(cause);
      }
    }

    private static void stop(SiteServer server) {
      try {
        server.close();
      } catch (IOException cause) {
        throw new IllegalStateException(cause);
      }
    }
  }

  /** One of two sites. */
  record Site(String name, SiteServer server, TestDatabase database) {
    Jdbi jdbi() {
      return database.jdbi();
    }

    int count(String query, Object... arguments) {
      return SiteRows.count(database, query, arguments);
    }

    String text(String query, Object... arguments) {
      return jdbi().withHandle(h -> h.select(query, arguments).mapTo(String.class).one());
    }

    void execute(String sql, Object... arguments) {
      jdbi().useHandle(handle -> handle.execute(sql, arguments));
    }

    /** Runs a function for its effect. */
    void call(String query, Object... arguments) {
      jdbi().useHandle(handle -> handle.select(query, arguments).mapToMap().list());
    }

    /** Stops or continues to apply the other site's changes. */
    void listen(boolean listens) {
      execute("ALTER SUBSCRIPTION boxoffice_%s %s".formatted(name, listens ? "ENABLE" : "DISABLE"));
      if (!listens) {
        Eventually.within(
            LIMIT,
            () ->
                count(
                        "SELECT count(*) FROM pg_stat_subscription"
                            + " WHERE pid IS NOT NULL AND subname = ?",
                        "boxoffice_" + name)
                    == 0);
      }
    }
  }

  final Site a;
  final Site b;

  private TwoSites(Site a, Site b) {
    this.a = a;
    this.b = b;
  }

  /** Creates two databases that know their sites and replicate both ways. */
  static TwoSites open() {
    TwoSites sites = create(COUNT.incrementAndGet());
    setUp(sites.a, sites.b.name());
    setUp(sites.b, sites.a.name());
    sites.replicate();
    return sites;
  }

  /** Creates two databases that replicate both ways and take themselves for a shop of one site. */
  static TwoSites naive() {
    TwoSites sites = create(COUNT.incrementAndGet());
    sites.replicate();
    return sites;
  }

  private static TwoSites create(int number) {
    return new TwoSites(site("a" + number, Servers.A), site("b" + number, Servers.B));
  }

  private static Site site(String name, SiteServer server) {
    TestDatabase database = server.createDatabase("shop_" + name);
    Schema.migrate(database.settings().forSchemaChanges());
    return new Site(name, server, database);
  }

  private static void setUp(Site here, String there) {
    SiteRows.setUp(here.database(), here.name(), there);
  }

  private void replicate() {
    // One key for both, as the first copy gives it to the second site.
    SigningKeys.in(a.jdbi(), Clock.systemUTC(), Duration.ofDays(1), Duration.ofHours(1)).follow();
    String key = a.text("SELECT jwk FROM signing_keys");
    b.execute("INSERT INTO signing_keys VALUES (1, ?, now() - interval '1 minute')", key);
    a.call("SELECT publish_site()");
    b.call("SELECT publish_site()");
    subscribe(a, b);
    subscribe(b, a);
  }

  private static void subscribe(Site here, Site there) {
    here.execute(
        """
        CREATE SUBSCRIPTION boxoffice_%s CONNECTION '%s'
        PUBLICATION boxoffice_rows, boxoffice_additions, boxoffice_history
        WITH (origin = none, copy_data = false, streaming = off)
        """
            .formatted(here.name(), there.server().conninfo(there.database())));
    Eventually.within(
        LIMIT,
        () ->
            there.count(
                    "SELECT count(*) FROM pg_stat_replication WHERE application_name = ?"
                        + " AND state = 'streaming'",
                    "boxoffice_" + here.name())
                == 1);
  }

  /** Lets the sales of each site wait for the other one. */
  TwoSites synchronous() {
    a.server().waitFor("boxoffice_" + b.name());
    b.server().waitFor("boxoffice_" + a.name());
    Eventually.within(LIMIT, () -> isSynchronous(a, b) && isSynchronous(b, a));
    return this;
  }

  private static boolean isSynchronous(Site here, Site there) {
    return here.count(
            "SELECT count(*) FROM pg_stat_replication WHERE application_name = ?"
                + " AND sync_state IN ('sync', 'quorum')",
            "boxoffice_" + there.name())
        == 1;
  }

  /** The service of B, which can take A over. */
  SiteService serviceOfB() {
    return new SiteService(
        b.jdbi(),
        new SiteSettings(b.name(), a.name(), "", io.dropwizard.util.Duration.seconds(15), 1),
        new HomeMetrics(new CollectorRegistry()));
  }

  /** Lets B receive the changes of A again; false if A has not confirmed the new homes yet. */
  boolean rejoins(SiteService serviceOfB) {
    try {
      serviceOfB.rejoin(a.name());
      return true;
    } catch (ProblemException notYet) {
      return false;
    }
  }

  /** Waits until B receives the changes of A again, and both have what the other one refused. */
  void rejoin(SiteService serviceOfB) {
    Eventually.within(LIMIT, () -> rejoins(serviceOfB));
    settle();
    serviceOfB.follow();
    settle();
  }

  /** Waits until each site has applied what the other one has committed before. */
  void settle() {
    settle(a, b);
    settle(b, a);
    settle(a, b);
  }

  /** Waits until one site has applied what the other one has committed before. */
  void settleAt(Site one) {
    settle(one.equals(a) ? b : a, one);
  }

  private static void settle(Site from, Site to) {
    String position = from.text("SELECT pg_current_wal_lsn()::text");
    Eventually.within(
        LIMIT,
        () ->
            from.count(
                    "SELECT count(*) FROM pg_replication_slots WHERE slot_name = ?"
                        + " AND confirmed_flush_lsn >= CAST(? AS pg_lsn)",
                    "boxoffice_" + to.name(),
                    position)
                == 1);
  }
}
