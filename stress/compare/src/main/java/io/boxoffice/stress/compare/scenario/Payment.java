package io.boxoffice.stress.compare.scenario;

import io.boxoffice.stress.compare.audit.Answer;
import io.boxoffice.stress.compare.audit.Effects;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.UUID;

/** An order that holds a ticket is paid at the payment partner. */
final class Payment implements Scenario {
  private final Stage stage;
  private String[] orders = {};

  /** Pays orders at the given stage. */
  Payment(Stage stage) {
    this.stage = stage;
  }

  @Override
  public void prepare(int requests) {
    Stage.Concert concert = stage.concert("Payments", requests + 1);
    String[] made = new String[requests];
    Stage.forEach(
        requests,
        index ->
            made[index] =
                stage
                    .buyers()
                    .send(
                        "POST",
                        "/v1/concerts/%s/orders".formatted(concert.id()),
                        "{\"email\": \"payer-%s@example.com\", \"quantity\": 1}"
                            .formatted(UUID.randomUUID()),
                        201)
                    .path("id")
                    .asText());
    orders = made;
  }

  @Override
  public HttpRequest.Builder request(int index) {
    return stage
        .buyers()
        .request(
            "POST", "/v1/orders/%s/payment".formatted(orders[index]), "{\"token\": \"tok_ok\"}");
  }

  @Override
  public String key(int index) {
    return orders[index];
  }

  @Override
  public boolean accepts(int status) {
    return status == 200 || status == 202;
  }

  @Override
  public Effects effects(List<Answer> answers) {
    return Orders.effects(stage, "id");
  }

  @Override
  public List<String> faults() {
    return Orders.faults(stage);
  }
}
