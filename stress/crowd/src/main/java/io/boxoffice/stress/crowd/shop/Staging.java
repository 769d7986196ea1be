package io.boxoffice.stress.crowd.shop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.boxoffice.stress.crowd.exit.ExitCode;
import io.boxoffice.stress.crowd.exit.StressException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Creates the concerts of a run and changes the simulation. At the end, it takes the concerts off
 * sale and restores the former setting.
 */
public final class Staging implements AutoCloseable {
  private static final int LARGEST_STOCK = 1_000_000;
  // If the run is killed, the setting expires by itself.
  private static final Duration LONGEST_CLEAN_UP = Duration.ofMinutes(5);

  private final Shop shop;
  private final String runName;
  private final Consumer<String> say;
  private final List<String> concerts = new CopyOnWriteArrayList<>();
  private Shop.Setting former;
  private Shop.Setting ours;

  /** Prepares a run; a message reports what cannot be restored. */
  public Staging(Shop shop, String runName, Consumer<String> say) {
    this.shop = shop;
    this.runName = runName;
    this.say = say;
  }

  /** Puts concerts on sale, each with as many ticket types of the same capacity. */
  public List<Offer> create(int count, int typesEach, long capacityEach) {
    List<Offer> offers = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      List<Offer> created = shop.create(concert(number, typesEach, capacityEach));
      concerts.add(created.get(0).concertId());
      offers.addAll(created);
    }
    return offers;
  }

  private ObjectNode concert(int number, int types, long capacity) {
    ObjectNode concert =
        shop.document()
            .put("title", "%s, concert %d".formatted(runName, number))
            .put("artist", "The Load")
            .put("venue", "Stress")
            .put("startsAt", soon(365));
    ArrayNode list = concert.putArray("ticketTypes");
    for (int type = 1; type <= types; type++) {
      ObjectNode one = list.addObject();
      one.put("name", "Block %d".formatted(type))
          .put("capacity", Math.max(1, Math.min(LARGEST_STOCK, capacity)));
      one.putObject("price").put("amount", 4_500).put("currency", "EUR");
    }
    return concert;
  }

  /** Turns a profile of the simulation on, for a limited time. */
  public void simulate(String profile, Duration atMost) {
    former = shop.setting();
    ObjectNode document = former.document().deepCopy();
    document.put("activeProfile", profile);
    document.put("expiresIn", atMost.plus(LONGEST_CLEAN_UP).toSeconds() + "s");
    document.put("reason", runName);
    ours =
        shop.change(document, former.etag())
            .orElseThrow(
                () ->
                    new StressException(
                        ExitCode.NO_SHOP, "Another client is changing the simulation now."));
  }

  /** The concerts that were made. */
  public List<String> concerts() {
    return List.copyOf(concerts);
  }

  @Override
  public void close() {
    attempt("restore the simulation", this::restore);
    for (String concert : concerts) {
      attempt("close the concert " + concert, () -> shop.close(concert, Instant.now().toString()));
    }
  }

  private void restore() {
    if (ours == null) {
      return;
    }
    ObjectNode document = former.document().deepCopy();
    if (document.hasNonNull("expiresAt")) {
      Duration left =
          Duration.between(Instant.now(), Instant.parse(document.path("expiresAt").asText()));
      document.put("expiresIn", Math.max(1, left.toSeconds()) + "s");
    }
    // The ETag changes with the phase of the scenario; the version changes with the setting only.
    Shop.Setting now = shop.setting();
    boolean unchanged = now.document().path("version").equals(ours.document().path("version"));
    if (!unchanged || shop.change(document, now.etag()).isEmpty()) {
      say.accept("another client has changed the simulation meanwhile; its setting stays");
    }
    ours = null;
  }

  private void attempt(String what, Runnable action) {
    try {
      action.run();
    } catch (StressException failure) {
      say.accept("could not %s: %s".formatted(what, failure.getMessage()));
    }
  }

  private static String soon(int days) {
    return Instant.now().plus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
