package io.boxoffice.stress.crowd.scenario;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.boxoffice.stress.crowd.record.Attempt;
import io.boxoffice.stress.crowd.record.Kind;
import io.boxoffice.stress.crowd.record.Ledger;
import io.boxoffice.stress.crowd.record.Outcome;
import io.boxoffice.stress.crowd.record.Recorder;
import io.boxoffice.stress.crowd.shop.Offer;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** The requests of one visitor, from the first to the last. */
public final class Journeys {
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
  private static final int MOST_TICKETS = 5;
  private static final String OFFER = "offer";
  private static final String ATTEMPT = "attempt";
  private static final String TRIES = "tries";
  private static final String AGAIN = "again";
  private static final String ETAG = "etag";

  private final List<Offer> offers;
  private final Ledger ledger;
  private final Requests requests;

  /** Journeys to some offers; the ledger and the recorder keep the results. */
  public Journeys(List<Offer> offers, Ledger ledger, Recorder recorder) {
    this.offers = offers;
    this.ledger = ledger;
    this.requests = new Requests(recorder, ledger.looks());
  }

  /** Three looks, with time to read, and a purchase of one to five tickets. */
  ChainBuilder browseAndBuy(Retries retries) {
    return exec(list())
        .exec(think())
        .exec(choose())
        .exec(look())
        .exec(think())
        .exec(look())
        .exec(think())
        .exec(buy(retries, MOST_TICKETS));
  }

  /** A look and a purchase, at once; a buyer that finds it sold out looks once more. */
  ChainBuilder rush(int mostTickets) {
    return exec(choose())
        .exec(look())
        .exec(buy(Retries.NONE, mostTickets))
        .exec(
            doIf(session -> !session.<Attempt>get(ATTEMPT).isAcknowledged())
                .then(think().exec(look())));
  }

  /** A purchase and nothing else. */
  ChainBuilder buyOnly(Retries retries, int mostTickets) {
    return exec(choose()).exec(buy(retries, mostTickets));
  }

  /** Looks at one concert again and again; every second visitor's browser remembers the page. */
  ChainBuilder refresh(int times) {
    return exec(choose())
        .exec(
            randomSwitch()
                .on(
                    percent(50).then(repeat(times).on(exec(look()).exec(think()))),
                    percent(50).then(repeat(times).on(exec(lookAgain()).exec(think())))));
  }

  /**
   * Every call once: looks, buys, reads the receipt, repeats the purchase with its key, cancels it.
   */
  ChainBuilder everything() {
    return exec(list())
        .exec(choose())
        .exec(lookAgain())
        .exec(lookAgain())
        .exec(buy(Retries.NONE, 2))
        .exec(
            doIf(session -> session.<Attempt>get(ATTEMPT).isAcknowledged())
                .then(
                    requests
                        .send(
                            "read the receipt",
                            Kind.READ,
                            http("read the receipt").get(receipt("")))
                        .exec(post("buy again with the key", false))
                        .exec(
                            requests.send(
                                "cancel", Kind.BUY, http("cancel").post(receipt("/cancellation"))))
                        .exec(
                            session -> {
                              session
                                  .<Attempt>get(ATTEMPT)
                                  .toldCancelled(Requests.exchange(session));
                              return session;
                            })));
  }

  /** An order: a look, a hold, and a payment or none. */
  ChainBuilder checkout() {
    return new CheckoutJourney(offers, ledger, requests).chain();
  }

  private ChainBuilder list() {
    return requests.send(
        "list concerts", Kind.READ, http("list concerts").get("/v1/concerts?onSale=true"));
  }

  private ChainBuilder choose() {
    return exec(
        session ->
            session
                .set(OFFER, offers.get(ThreadLocalRandom.current().nextInt(offers.size())))
                .remove(ETAG));
  }

  private ChainBuilder look() {
    return requests.look("look at a concert", http("look at a concert").get(Journeys::concert));
  }

  private ChainBuilder lookAgain() {
    HttpRequestActionBuilder request =
        http("look with an ETag")
            .get(Journeys::concert)
            // A tag that matches no page, until a page has been read.
            .header(
                "If-None-Match",
                session -> session.contains(ETAG) ? session.getString(ETAG) : "\"none\"")
            .check(header("ETag").optional().saveAs(ETAG));
    return requests.look("look with an ETag", request);
  }

  private ChainBuilder buy(Retries retries, int mostTickets) {
    return exec(session ->
            session.set(ATTEMPT, attempt(session, mostTickets)).set(TRIES, 0).set(AGAIN, true))
        .exec(
            asLongAs(session -> session.getBoolean(AGAIN))
                .on(
                    post("buy", retries.after().contains(Outcome.LOST))
                        .exec(
                            session -> {
                              int tries = session.getInt(TRIES) + 1;
                              return session
                                  .set(TRIES, tries)
                                  .set(AGAIN, retries.again(tries, Requests.answer(session)));
                            })
                        .exec(
                            doIf(session -> session.getBoolean(AGAIN))
                                .then(pause(session -> retries.wait(Requests.answer(session)))))));
  }

  /**
   * Sends the attempt.
   *
   * @param alone on a connection of its own: on one that was used before, Gatling itself sends a
   *     request again whose answer is lost, and the buyer would not notice
   */
  private ChainBuilder post(String name, boolean alone) {
    HttpRequestActionBuilder request =
        http(name)
            .post(session -> session.<Attempt>get(ATTEMPT).path())
            .header("Content-Type", "application/json")
            .header("Connection", alone ? "close" : "keep-alive")
            .header("Idempotency-Key", session -> session.<Attempt>get(ATTEMPT).key())
            .body(StringBody(session -> session.<Attempt>get(ATTEMPT).body()));
    return requests
        .send(name, Kind.BUY, request)
        .exec(
            session -> {
              session.<Attempt>get(ATTEMPT).told(Requests.exchange(session));
              return session;
            });
  }

  private Attempt attempt(Session session, int mostTickets) {
    Offer offer = session.get(OFFER);
    int most = Math.min(mostTickets, offer.most());
    return ledger.open(offer, 1 + ThreadLocalRandom.current().nextInt(most));
  }

  private static String concert(Session session) {
    return "/v1/concerts/" + session.<Offer>get(OFFER).concertId();
  }

  private static Function<Session, String> receipt(String suffix) {
    return session ->
        "/v1/purchases/" + session.<Attempt>get(ATTEMPT).purchaseIds().iterator().next() + suffix;
  }

  private static ChainBuilder think() {
    return pause(LEAST_PAUSE, LONGEST_PAUSE);
  }
}
