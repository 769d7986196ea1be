package io.boxoffice.stress.compare.scenario;

import io.boxoffice.stress.compare.audit.Answer;
import io.boxoffice.stress.compare.audit.Effects;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.UUID;

/**
 * A ticket is held and paid in one request. The partner declines each fourth payment; then the
 * ticket must be on sale again.
 */
final class OrderWithCompensation implements Scenario {
  private static final int DECLINED_OF = 4;

  private final String run = UUID.randomUUID().toString();
  private final Stage stage;
  private Stage.Concert concert;

  /** Orders at the given stage. */
  OrderWithCompensation(Stage stage) {
    this.stage = stage;
  }

  @Override
  public void prepare(int requests) {
    concert = stage.concert("Orders", requests + 1);
  }

  @Override
  public HttpRequest.Builder request(int index) {
    String token = index % DECLINED_OF == DECLINED_OF - 1 ? "tok_declined" : "tok_ok";
    return stage
        .buyers()
        .request(
            "POST",
            "/v1/concerts/%s/orders".formatted(concert.id()),
            "{\"email\": \"%s\", \"quantity\": 1, \"payment\": {\"token\": \"%s\"}}"
                .formatted(key(index), token))
        .header("Idempotency-Key", key(index));
  }

  @Override
  public String key(int index) {
    return "buyer-%s-%d@example.com".formatted(run, index);
  }

  @Override
  public boolean accepts(int status) {
    // 402 says that the partner has declined, which is the success of a declined card.
    return status == 201 || status == 202 || status == 402;
  }

  @Override
  public Effects effects(List<Answer> answers) {
    return Orders.effects(stage, "email");
  }

  @Override
  public List<String> faults() {
    return Orders.faults(stage);
  }
}
