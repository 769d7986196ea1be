package io.boxoffice.stress.crowd.scenario;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.boxoffice.stress.crowd.record.Answer;
import io.boxoffice.stress.crowd.record.Checkout;
import io.boxoffice.stress.crowd.record.Checkout.Plan;
import io.boxoffice.stress.crowd.record.Kind;
import io.boxoffice.stress.crowd.record.Ledger;
import io.boxoffice.stress.crowd.record.Outcome;
import io.boxoffice.stress.crowd.shop.Offer;
import io.boxoffice.stress.crowd.shop.OrderState;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The requests of a buyer that orders: holds tickets, and then pays, gives them back or leaves. The
 * shares of the plans are those of docs/stress.md.
 */
final class CheckoutJourney {
  // Of a hundred buyers.
  private static final int REPEATED_HOLDS = 10;

  private static final int MOST_TICKETS = 2;
  private static final int MOST_HOLDS = 6;
  private static final int MOST_PAYMENTS = 30;
  private static final int MOST_READS = 8;
  private static final int READ_WAIT_SECONDS = 5;
  private static final Duration NEXT_TRY = Duration.ofSeconds(1);
  private static final Duration LEAST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(1_500);
  // Shorter than the partner needs, so that the answer is lost.
  private static final Duration PATIENCE = Duration.ofMillis(700);
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final Set<Outcome> HOLD_AGAIN =
      Set.of(Outcome.SOLD_OUT, Outcome.OVERLOADED, Outcome.LOST, Outcome.FAILED, Outcome.DENIED);
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  private static final String CHECKOUT = "checkout";
  private static final String TRIES = "checkoutTries";
  private static final String READS = "checkoutReads";
  private static final String AGAIN = "checkoutAgain";
  private static final String TOKEN = "checkoutToken";
  private static final String HURRY = "checkoutHurry";

  private final List<Offer> offers;
  private final Ledger ledger;
  private final Requests requests;

  CheckoutJourney(List<Offer> offers, Ledger ledger, Requests requests) {
    this.offers = offers;
    this.ledger = ledger;
    this.requests = requests;
  }

  ChainBuilder chain() {
    return exec(session -> session.set(CHECKOUT, open()))
        .exec(look())
        .exec(hold())
        .exec(
            doIf(session -> of(session).hold().isAcknowledged())
                .then(pause(LEAST_PAUSE, LONGEST_PAUSE).exec(finish())));
  }

  private Checkout open() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    Offer offer = offers.get(random.nextInt(offers.size()));
    int most = Math.min(MOST_TICKETS, offer.most());
    return ledger.openOrder(offer, 1 + random.nextInt(most), Plan.at(random.nextInt(100)));
  }

  private ChainBuilder look() {
    return requests.look(
        "look at a concert",
        http("look at a concert")
            .get(session -> "/v1/concerts/" + of(session).hold().offer().concertId()));
  }

  /** Holds tickets; a buyer that finds none tries again, because orders return their tickets. */
  private ChainBuilder hold() {
    return exec(session -> session.set(TRIES, 0).set(AGAIN, true))
        .exec(
            asLongAs(session -> session.getBoolean(AGAIN))
                .on(
                    postHold("hold")
                        .exec(
                            session -> {
                              int tries = session.getInt(TRIES) + 1;
                              Answer answer = Requests.answer(session);
                              return session
                                  .set(TRIES, tries)
                                  .set(AGAIN, tries < MOST_HOLDS && holdsAgain(answer));
                            })
                        .exec(
                            doIf(session -> session.getBoolean(AGAIN))
                                .then(pause(CheckoutJourney::untilNextTry)))))
        .exec(
            doIf(session ->
                    of(session).hold().isAcknowledged()
                        && ThreadLocalRandom.current().nextInt(100) < REPEATED_HOLDS)
                .then(postHold("hold again with the key")));
  }

  private static boolean holdsAgain(Answer answer) {
    return HOLD_AGAIN.contains(answer.outcomeOfHold())
        && (answer.outcomeOfHold() != Outcome.FAILED
            || answer.status() >= SERVER_ERROR
            || answer.status() == TOO_MANY_REQUESTS);
  }

  private ChainBuilder postHold(String name) {
    HttpRequestActionBuilder request =
        http(name)
            .post(session -> of(session).hold().path())
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", session -> of(session).address())
            .header("Idempotency-Key", session -> of(session).hold().key())
            .body(StringBody(session -> of(session).hold().body()));
    return requests
        .send(name, Kind.BUY, request, (session, answer) -> answer.outcomeOfHold())
        .exec(
            session -> {
              of(session).hold().told(Requests.exchange(session));
              return session;
            });
  }

  private ChainBuilder finish() {
    return exec(doIf(session -> of(session).plan() == Plan.CANCEL).then(cancel()))
        .exec(doIf(session -> of(session).plan().pays()).then(pay()))
        .exec(
            doIf(session ->
                    of(session).plan() == Plan.PAY_TWICE
                        && of(session).wasTold(OrderState.CONFIRMED))
                .then(
                    postPayment("pay again")
                        .exec(session -> session.set(TOKEN, "tok_ok_of_another_card"))
                        .exec(postPayment("pay by another card"))));
  }

  private ChainBuilder cancel() {
    return requests
        .send(
            "give the tickets back",
            Kind.BUY,
            http("give the tickets back")
                .delete(CheckoutJourney::path)
                .header("X-Forwarded-For", session -> of(session).address()))
        .exec(
            session -> {
              of(session).toldCancelled(Requests.exchange(session));
              return session;
            });
  }

  /** Pays until the buyer knows the result, or has tried often enough. */
  private ChainBuilder pay() {
    return exec(session ->
            session
                .set(TRIES, 0)
                .set(TOKEN, of(session).plan().token())
                .set(HURRY, of(session).plan() == Plan.PAY_IMPATIENTLY))
        .exec(
            asLongAs(session -> !of(session).isOver() && session.getInt(TRIES) < MOST_PAYMENTS)
                .on(
                    exec(doIf(session -> session.getBoolean(HURRY)).then(postHurriedPayment()))
                        .exec(postPayment("pay"))
                        .exec(
                            session ->
                                session.set(
                                    TRIES,
                                    paysAgain(Requests.answer(session))
                                        ? session.getInt(TRIES) + 1
                                        : MOST_PAYMENTS))
                        .exec(
                            doIf(session -> Requests.answer(session).status() == 202).then(await()))
                        .exec(
                            doIf(session ->
                                    !of(session).isOver() && session.getInt(TRIES) < MOST_PAYMENTS)
                                .then(pause(CheckoutJourney::untilNextTry)))));
  }

  private static boolean paysAgain(Answer answer) {
    return answer.status() == 0
        || answer.status() == 202
        || answer.status() == TOO_MANY_REQUESTS
        || answer.status() >= SERVER_ERROR;
  }

  /** Reads the order until the partner has answered. */
  private ChainBuilder await() {
    ChainBuilder read =
        requests
            .send(
                "wait for the payment",
                Kind.PAY,
                http("wait for the payment")
                    .get(CheckoutJourney::path)
                    .header("Prefer", "wait=" + READ_WAIT_SECONDS)
                    .header("X-Forwarded-For", session -> of(session).address()),
                CheckoutJourney::meaning)
            .exec(CheckoutJourney::note)
            .exec(session -> session.set(READS, session.getInt(READS) + 1));
    return exec(session -> session.set(READS, 0))
        .exec(
            asLongAs(
                    session ->
                        !of(session).isOver()
                            && session.getInt(READS) < MOST_READS
                            && Requests.answer(session).orderState() != OrderState.HELD)
                .on(read))
        // An order that is PAYING all this time is left to the shop. A HELD one is paid again.
        .exec(
            session ->
                session.getInt(READS) < MOST_READS ? session : session.set(TRIES, MOST_PAYMENTS));
  }

  /** Closes the connection before the answer; the next request is the same. */
  private ChainBuilder postHurriedPayment() {
    return exec(session -> session.set(HURRY, false))
        .exec(
            payment(
                "pay and give up",
                PATIENCE,
                answer -> answer.status() == 0 ? Outcome.GAVE_UP : null));
  }

  private ChainBuilder postPayment(String name) {
    return payment(name, LONG, answer -> null);
  }

  private ChainBuilder payment(String name, Duration limit, Function<Answer, Outcome> special) {
    HttpRequestActionBuilder request =
        http(name)
            .post(session -> path(session) + "/payment")
            .requestTimeout(limit)
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", session -> of(session).address())
            .header(
                "Prefer",
                session -> of(session).plan() == Plan.PAY_LATER ? "respond-async" : "wait=10")
            .body(StringBody(session -> "{\"token\":\"%s\"}".formatted(session.getString(TOKEN))));
    return requests
        .send(
            name,
            Kind.PAY,
            request,
            (session, answer) ->
                special.apply(answer) == null ? meaning(session, answer) : special.apply(answer))
        .exec(CheckoutJourney::note);
  }

  private static Outcome meaning(Session session, Answer answer) {
    return answer.outcomeOfPayment(of(session).wasTold(OrderState.CONFIRMED));
  }

  private static Session note(Session session) {
    of(session).toldOfPayment(Requests.exchange(session));
    return session;
  }

  private static Duration untilNextTry(Session session) {
    Integer seconds = Requests.answer(session).retryAfter();
    return seconds == null ? NEXT_TRY : Duration.ofSeconds(seconds);
  }

  private static String path(Session session) {
    return "/v1/orders/" + of(session).orderId();
  }

  private static Checkout of(Session session) {
    return session.get(CHECKOUT);
  }
}
