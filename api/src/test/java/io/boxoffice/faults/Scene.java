package io.boxoffice.faults;

import io.boxoffice.faults.Shop.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.SignedCallback;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * One run of a flow: a new concert, a buyer, an operator, and what they were answered. The replica
 * {@link #faulty} has the fault, and {@link #sound} recovers.
 */
final class Scene {
  static final int CAPACITY = 5;
  static final int QUANTITY = 2;
  private static final int REDIRECTION = 300;
  private static final int DECLINED = 402;
  private static final String[] NO_WAIT = {"Prefer", "respond-async"};
  private static final Duration TO_ANSWER = Duration.ofSeconds(20);
  private static final Duration TO_RECOVER = Duration.ofSeconds(20);
  private static final Duration TO_FOLLOW = Duration.ofMillis(300);
  private static final Duration HOLD = Duration.ofMinutes(10);

  /** What the background tasks have still to do, if no hold is due. */
  private static final String OPEN =
      """
      SELECT count(*) FROM orders o LEFT JOIN payments y
        ON y.concert_id = o.concert_id AND y.order_id = o.id
      WHERE o.concert_id = ?
        AND (o.state IN ('PAYING', 'REFUNDING') OR y.next_attempt_at IS NOT NULL
             OR o.state = 'HELD' AND o.expires_at <= now())
      """;

  /** A payment whose first request has ended without an answer. */
  private static final String NOTED_SILENCE =
      """
      SELECT count(*) FROM payments
      WHERE concert_id = ? AND next_attempt_at < now() + interval '10 seconds'
      """;

  final Shop faulty;
  final Shop sound;
  final LedgerPartner partner;
  final Orders orders;
  final Orders.Type type;
  final String key = UUID.randomUUID().toString();

  /** The entries of the partner's ledger before this run. */
  final int chargesBefore;

  /** What the client was told: the id of a purchase or an order, and its state. */
  final Map<UUID, List<String>> acknowledged = new TreeMap<>();

  /** The order or purchase of the flow, when the client knows it. */
  UUID id;

  private final Jdbi jdbi;

  Scene(Jdbi jdbi, LedgerPartner partner, Shop faulty, Shop sound) {
    this.jdbi = jdbi;
    this.faulty = faulty;
    this.sound = sound;
    this.partner = partner;
    this.orders = new Orders(jdbi);
    this.type = orders.concert(CAPACITY);
    this.chargesBefore = partner.size();
  }

  // What the client, the operator and the partner send.

  Optional<Answer> buy(Shop shop) {
    return told(
        shop.call("POST", concert("purchases"), Bodies.purchase(QUANTITY), keyed()), "status");
  }

  Optional<Answer> hold(Shop shop) {
    return told(shop.call("POST", concert("orders"), Bodies.purchase(QUANTITY), keyed()), "state");
  }

  Optional<Answer> orderAndPay(Shop shop, String token) {
    String body =
        "{\"email\": \"ada@example.com\", \"quantity\": %d, \"payment\": {\"token\": \"%s\"}}"
            .formatted(QUANTITY, token);
    return told(
        shop.call("POST", concert("orders"), body, "Idempotency-Key", key, "Prefer", "wait=1"),
        "state");
  }

  Optional<Answer> pay(Shop shop, String token) {
    return pay(shop, token, "Prefer", "wait=1");
  }

  Optional<Answer> payLater(Shop shop, String token) {
    return pay(shop, token, NO_WAIT);
  }

  private Optional<Answer> pay(Shop shop, String token, String... headers) {
    return told(
        shop.call("POST", order("/payment"), "{\"token\": \"%s\"}".formatted(token), headers),
        "state");
  }

  Optional<Answer> read(Shop shop) {
    return told(shop.call("GET", order(""), null), "state");
  }

  Optional<Answer> cancel(Shop shop) {
    return told(shop.call("DELETE", order(""), null), "state");
  }

  Optional<Answer> cancelPurchase(Shop shop) {
    return told(shop.call("POST", "/v1/purchases/" + id + "/cancellation", ""), "status");
  }

  Optional<Answer> refund(Shop shop) {
    return told(shop.call("POST", order("/refund"), "", TestApplication.operator()), "state");
  }

  /** Sends what the partner knows about the order as a callback. */
  Optional<Answer> callback(Shop shop) {
    String body =
        "{\"type\": \"charge.succeeded\", \"id\": \"%s\", \"createdAt\": \"2026-11-01T10:00:00Z\", \"charge\": %s}"
            .formatted(id, partner.chargesOf(id).get(0).json());
    Optional<Answer> answer =
        shop.call("POST", "/v1/partner-callbacks/payment", body, SignedCallback.now(body));
    answer.filter(got -> got.status() < REDIRECTION).ifPresent(got -> promised("CONFIRMED"));
    return answer;
  }

  private String concert(String below) {
    return "/v1/concerts/%s/%s".formatted(type.concertId(), below);
  }

  private String order(String below) {
    return "/v1/orders/%s%s".formatted(id, below);
  }

  private String[] keyed() {
    return new String[] {"Idempotency-Key", key};
  }

  /** Notes what an answer promises: a state in its body, or a decline. */
  private Optional<Answer> told(Optional<Answer> answer, String member) {
    answer
        .filter(got -> got.status() < REDIRECTION)
        .ifPresent(
            got -> {
              id = UUID.fromString(got.text("id"));
              promised(got.text(member));
            });
    answer.filter(got -> got.status() == DECLINED).ifPresent(got -> promised("DECLINED"));
    return answer;
  }

  private void promised(String state) {
    acknowledged.computeIfAbsent(id, any -> new ArrayList<>()).add(state);
  }

  // What a flow needs besides.

  /** Holds tickets for the buyer without a request. */
  void held() {
    id = orders.hold(type, QUANTITY, HOLD);
  }

  /** The partner has charged the order, and the shop has not heard of it. */
  void chargedWithoutAnswer() {
    held();
    payLater(sound, "tok_lost");
    Eventually.within(TO_ANSWER, () -> count(NOTED_SILENCE) == 1);
    acknowledged.clear();
  }

  /** The order's time is over, also for the partner. */
  void age() {
    orders.age(id, Duration.ofHours(1));
  }

  /** Other buyers hold the tickets that are left. */
  void takeTheRest() {
    int left = orders.available(type);
    if (left > 0) {
      orders.hold(type, left, HOLD);
    }
  }

  /** Waits a moment for what follows a request without an answer to the client. */
  void await(String state) {
    long end = System.nanoTime() + TO_FOLLOW.toNanos();
    while (!orders.state(id).equals(state)
        && System.nanoTime() - end < 0
        && faulty.gate().hit() == null) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  /**
   * Repeats a request until it has an answer that is no failure of the server, as a client does.
   *
   * @throws AssertionError if it gets none
   */
  static Answer repeated(Supplier<Optional<Answer>> request) {
    AtomicReference<Answer> last = new AtomicReference<>();
    Eventually.within(
        TO_ANSWER,
        () -> {
          Optional<Answer> answer = request.get();
          answer.ifPresent(last::set);
          return answer.filter(Answer::isFinal).isPresent();
        });
    return last.get();
  }

  // What the background tasks of a sound replica do, without the pauses between them.

  /** Lets the sound replica finish what is open. */
  void recover() {
    Eventually.within(
        TO_RECOVER,
        () -> {
          jdbi.useHandle(
              handle ->
                  handle.execute(
                      "UPDATE payments SET next_attempt_at = now()"
                          + " WHERE concert_id = ? AND next_attempt_at IS NOT NULL",
                      type.concertId()));
          sound.sweep();
          if (isOpen()) {
            sound.reconcile();
          }
          return followed();
        });
  }

  private boolean followed() {
    long end = System.nanoTime() + TO_FOLLOW.toNanos();
    while (isOpen() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    return !isOpen();
  }

  private boolean isOpen() {
    return count(OPEN) > 0;
  }

  /** Counts rows; the parameter of the query is the concert. */
  int count(String sql) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).bind(0, type.concertId()).mapTo(Integer.class).one());
  }

  /** Reads rows as texts; the parameter of the query is the concert. */
  List<String> texts(String sql) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).bind(0, type.concertId()).mapTo(String.class).list());
  }
}
