package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.order.ledger.LedgerSettings;
import io.boxoffice.partner.Communication;
import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.auth.OperatorAccess;
import io.boxoffice.platform.error.Problem;
import io.boxoffice.purchase.allocation.Hold;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import io.dropwizard.util.Duration;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks the answers to requests for orders, with a desk of the test. */
class NewOrderDatabaseTest {
  private static final OrderSettings SETTINGS =
      new OrderSettings(
          Duration.minutes(10),
          Duration.minutes(5),
          Duration.seconds(10),
          100,
          Duration.days(1),
          Duration.days(1),
          new LedgerSettings(
              Duration.minutes(1), Duration.hours(1), Duration.minutes(15), Duration.days(1)));

  private final TestDatabase database = TestDatabase.migrated();
  private final Orders orders = new Orders(database);
  private final Orders.Type type = orders.concert(10);
  private final Replica replica = new Replica(database, new ScriptedPartner());
  private final List<PurchaseRequest> requests = new ArrayList<>();
  private final NewOrderResource resource =
      new NewOrderResource(
          this::hold,
          replica.service,
          replica.paying,
          new CallerAccess(new OperatorAccess(""), token -> Optional.empty()),
          Clock.systemUTC(),
          SETTINGS,
          Communication.NONBLOCKING,
          replica.answers);

  private Order first;

  @AfterEach
  void close() throws InterruptedException {
    assertThat(database.stockInvariantViolations()).isZero();
    replica.close();
  }

  /** The second request repeats the first one. */
  private CompletableFuture<Verdict> hold(PurchaseRequest request) {
    requests.add(request);
    boolean repeated = first != null;
    if (!repeated) {
      UUID id = orders.hold(type, request.quantity(), request.hold());
      first = replica.service.get(id, Optional.empty());
    }
    Hold hold =
        new Hold(
            first.id(),
            first.concertId(),
            first.ticketTypeId(),
            first.email(),
            first.quantity(),
            first.total(),
            first.createdAt(),
            first.expiresAt(),
            first.accountId());
    return CompletableFuture.completedFuture(
        repeated ? new Verdict.HeldBefore(hold) : new Verdict.Held(hold));
  }

  private Response order(String token, String... preferences) throws Exception {
    return resource
        .order(
            null,
            List.of(preferences),
            type.concertId(),
            "\"key-1\"",
            new NewOrder("ada@example.com", 2, null, token == null ? null : new NewPayment(token)))
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private static String state(Response answer) {
    return ((Order) answer.getEntity()).state().name();
  }

  @Test
  void anOrderToPayLater() throws Exception {
    Response answer = order(null);
    assertThat(answer.getStatus()).isEqualTo(201);
    assertThat(state(answer)).isEqualTo("HELD");
    assertThat(answer.getHeaderString("Location")).isEqualTo("/v1/orders/" + first.id());
    assertThat(requests.get(0).key()).isEqualTo("key-1");
    assertThat(requests.get(0).hold()).isEqualTo(java.time.Duration.ofMinutes(10));

    replica.service.cancel(first.id(), Optional.empty());
    Response again = order(null);
    assertThat(again.getHeaderString("Idempotency-Replayed")).isEqualTo("true");
    assertThat(state(again)).isEqualTo("CANCELLED");
  }

  @Test
  void anOrderThatIsPaidAtOnce() throws Exception {
    Response answer = order("ok");
    assertThat(answer.getStatus()).isEqualTo(201);
    assertThat(state(answer)).isEqualTo("CONFIRMED");
    Response again = order("ok");
    assertThat(again.getStatus()).isEqualTo(201);
    assertThat(again.getHeaderString("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void anOrderWhosePaymentTakesLonger() throws Exception {
    Response answer = order("slow", "respond-async");
    assertThat(answer.getStatus()).isEqualTo(202);
    assertThat(answer.getHeaderString("Location")).isEqualTo("/v1/orders/" + first.id());
    assertThat(answer.getHeaderString("Preference-Applied")).isEqualTo("respond-async");
  }

  @Test
  void everyProblemSaysWhereTheOrderIs() throws Exception {
    Response unknown = order("unheard-of");
    assertThat(unknown.getStatus()).isEqualTo(422);
    assertThat(unknown.getHeaderString("Location")).isEqualTo("/v1/orders/" + first.id());
    Response declined = order("declined");
    assertThat(((Problem) declined.getEntity()).code()).isEqualTo("payment-declined");
    assertThat(declined.getHeaderString("Location")).isEqualTo("/v1/orders/" + first.id());
    Response late = order("ok");
    assertThat(((Problem) late.getEntity()).code()).isEqualTo("order-not-payable");
    assertThat(late.getHeaderString("Location")).isEqualTo("/v1/orders/" + first.id());
  }
}
