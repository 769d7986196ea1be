package io.boxoffice.lab.active;

import io.boxoffice.lab.active.Site.Place;
import io.boxoffice.lab.database.Configuration;
import io.boxoffice.lab.database.Credentials;
import io.boxoffice.lab.host.Command;
import io.boxoffice.lab.host.Plan;
import io.boxoffice.lab.host.Plan.Link;
import io.boxoffice.lab.host.ShippedPostgresql;
import io.boxoffice.lab.shop.ShopReplica;
import io.boxoffice.lab.topology.Fault;
import io.boxoffice.lab.topology.Status;
import io.boxoffice.lab.topology.Topology;
import io.boxoffice.lab.topology.Waiting;
import io.boxoffice.stress.bench.safety.CleanUp;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two sites that both sell, each concert at its home. In the configuration naive, both sell one
 * stock, and the last change wins.
 */
public final class ActiveActive implements Topology {
  private static final Link[] LINKS = {Link.DATA, Link.SITES};
  private static final int FIRST_OF_A = 41;
  private static final int FIRST_OF_B = 51;
  private static final Duration REPAIR_LIMIT = Duration.ofMinutes(1);

  private final CleanUp cleanUp = new CleanUp();
  private final String operatorToken = UUID.randomUUID().toString();
  private final Operator operator = new Operator(operatorToken);
  private final boolean isNaive;
  private final Path postgresql;
  private final Site a;
  private final Site b;

  /**
   * A topology that {@link #start} starts.
   *
   * @param configuration shipped or naive
   * @param data the folder of all nodes, which exists at the start
   */
  public ActiveActive(Configuration configuration, Path data) {
    isNaive = configuration == Configuration.NAIVE;
    postgresql = data.resolve("postgresql");
    Credentials credentials = Credentials.random();
    Place placeOfA = new Place("a", FIRST_OF_A, data);
    Place placeOfB = new Place("b", FIRST_OF_B, data);
    Path programs = ShippedPostgresql.programs(postgresql);
    a = new Site(placeOfA, placeOfB, isNaive, programs, credentials, operatorToken);
    b = new Site(placeOfB, placeOfA, isNaive, programs, credentials, operatorToken);
  }

  @Override
  public String name() {
    return "active-active";
  }

  /** A site that is cut off goes on to answer what it knows, however long that takes. */
  @Override
  public Optional<Duration> pageAge() {
    return Optional.empty();
  }

  @Override
  public void start() {
    ShippedPostgresql.unpack(postgresql);
    Stream.of(LINKS)
        .flatMap(link -> Plan.bridge(link).stream())
        .forEach(command -> Command.require(command.toArray(String[]::new)));
    sites().flatMap(site -> site.nodes().stream()).forEach(node -> cleanUp.add(node).create(LINKS));
    sites().parallel().forEach(Site::createDatabase);
    replicate();
    // Its first replica creates the key that both sites sign access tokens with.
    ShopReplica first = a.shops().get(0);
    first.start();
    b.database().awaitSigningKey();
    List<ShopReplica> shops = sites().flatMap(site -> site.shops().stream()).toList();
    shops.stream().filter(shop -> shop != first).forEach(ShopReplica::start);
    shops.forEach(ShopReplica::awaitReady);
    sites().forEach(Site::startProxy);
  }

  private void replicate() {
    if (!isNaive) {
      sites().forEach(site -> site.database().setUp());
    }
    sites().forEach(site -> site.database().publish());
    a.database().subscribe(b.database());
    b.database().subscribe(a.database());
    if (!isNaive) {
      sites().forEach(site -> site.database().waitForPeer());
    }
  }

  private Stream<Site> sites() {
    return Stream.of(a, b);
  }

  @Override
  public List<URI> entrances() {
    return sites().map(Site::entrance).toList();
  }

  @Override
  public String operatorToken() {
    return operatorToken;
  }

  /** Of the site that no fault strikes, after it has received what the other one has. */
  @Override
  public Connection connect() throws SQLException {
    sites().forEach(site -> site.database().settle());
    return b.database().connect();
  }

  @Override
  public String views(String concert) {
    return sites().map(site -> site.database().view(concert)).collect(Collectors.joining("; "));
  }

  @Override
  public Status status() {
    // All at once, because each waits for nodes that do not answer.
    List<CompletableFuture<Status.Database>> databases = ask(site -> site.database().status());
    List<CompletableFuture<Status.Site>> states = ask(site -> site.database().site());
    List<CompletableFuture<Boolean>> complete = ask(site -> site.database().isComplete());
    List<CompletableFuture<Status.Shop>> ready =
        sites()
            .flatMap(site -> site.shops().stream())
            .map(
                shop ->
                    CompletableFuture.supplyAsync(
                        () -> new Status.Shop(shop.node().name(), shop.isReady())))
            .toList();
    List<Status.Shop> shops = ready.stream().map(CompletableFuture::join).toList();
    return new Status(
        databases.stream().map(CompletableFuture::join).toList(),
        shops,
        states.stream().map(CompletableFuture::join).toList(),
        complete.stream().allMatch(CompletableFuture::join)
            && shops.stream().allMatch(Status.Shop::ready));
  }

  private <T> List<CompletableFuture<T>> ask(Function<Site, T> question) {
    return sites().map(site -> CompletableFuture.supplyAsync(() -> question.apply(site))).toList();
  }

  @Override
  public List<Fault> faults() {
    SiteFaults faults = new SiteFaults(a, b, operator);
    return isNaive ? faults.none() : faults.all();
  }

  @Override
  public void repair() {
    sites().forEach(Site::repair);
    if (b.database().isAlone()) {
      operator.rejoin(b, a);
    }
    Waiting.require("Both sites replicate", () -> status().complete(), REPAIR_LIMIT);
    if (!isNaive) {
      b.database().homes(b.name()).forEach(concert -> operator.move(concert, b, a));
    }
  }

  @Override
  public void close() {
    cleanUp.close();
  }
}
