package io.boxoffice.gate;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.TestApplication;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that the money for an admitted ticket is not returned. */
class GateRefundApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().with("gates.token", Evening.TOKEN);

  private final Orders orders = new Orders(APPLICATION.database());

  /** Gives an order that is paid its purchase with one ticket, and returns the ticket's id. */
  private static UUID sell(UUID order, Orders.Type type) {
    UUID ticket = UUID.randomUUID();
    APPLICATION
        .database()
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("UPDATE ticket_types SET available = available - 1");
              handle.execute(
                  "INSERT INTO purchases (id, concert_id, ticket_type_id, email, quantity, status,"
                      + " created_at, paid) VALUES (?, ?, ?, 'ada@example.com', 1, 'CONFIRMED',"
                      + " now(), true)",
                  order,
                  type.concertId(),
                  type.id());
              handle.execute(
                  "INSERT INTO tickets (id, purchase_id, concert_id) VALUES (?, ?, ?)",
                  ticket,
                  order,
                  type.concertId());
            });
    return ticket;
  }

  @Test
  void anOrderWithAnAdmittedTicketIsNotRefunded() {
    Orders.Type type = orders.concert(10);
    UUID order = orders.paid(type, "tok_ok");
    UUID ticket = sell(order, type);
    APPLICATION
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO admissions VALUES (?, ?, 1, 0, ?, now(), ?, 'north', now())",
                    ticket,
                    type.concertId(),
                    UUID.randomUUID(),
                    UUID.randomUUID()));
    Answer refused =
        APPLICATION.client().send("POST", "/v1/orders/" + order + "/refund", null, operator());
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("already-admitted");
    assertThat(APPLICATION.client().get("/v1/orders/" + order).text("state"))
        .isEqualTo("CONFIRMED");
  }
}
