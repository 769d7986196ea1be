package io.boxoffice.order;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Lets one address hold tickets that it never pays, under the shipped limits. It can hold a few,
 * and they sell again after the hold.
 */
class UnpaidOrdersApplicationTest {
  private static final int QUOTA = 100;
  private static final int QUOTA_OF_ACCOUNT = 20;

  /** One order of the quota is given back in this time. */
  private static final Duration GIVEN_BACK = Duration.ofMinutes(10).dividedBy(QUOTA);

  private static final int ORDERS = 10_000;
  private static final int AT_ONCE = 50;

  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped()
          .signing()
          .with("rateLimits", "")
          .with("orders.hold", "5s")
          .with("trustedProxies", "127.0.0.0/8,::1");

  private final ApiClient api = APPLICATION.client();

  private int available(String concert) {
    return api.get("/v1/concerts/" + concert)
        .body()
        .path("ticketTypes")
        .get(0)
        .path("available")
        .asInt();
  }

  @Test
  void tenThousandHoldsOfOneAddressAreLimitedAndTheStockReturns() {
    String concert = api.createConcert(ORDERS, operator()).path("id").asText();
    String path = "/v1/concerts/" + concert + "/orders";
    long begin = System.nanoTime();

    int held = 0;
    for (int sent = 0; sent < ORDERS; sent += AT_ONCE) {
      List<CompletableFuture<Answer>> requests = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        requests.add(api.sendAsync("POST", path, Bodies.purchase(1)));
      }
      for (CompletableFuture<Answer> request : requests) {
        Answer answer = request.join();
        assertThat(answer.status()).isIn(201, 429);
        if (answer.status() == 201) {
          held++;
        } else {
          assertThat(answer.text("code")).isEqualTo("quota-exceeded");
          assertThat(answer.header("RateLimit-Policy")).contains("\"orders\";q=100;w=600");
        }
      }
    }

    long givenBack = (System.nanoTime() - begin) / GIVEN_BACK.toNanos() + 1;
    assertThat(held).isBetween(QUOTA, (int) (QUOTA + givenBack));
    Eventually.within(Duration.ofSeconds(60), () -> available(concert) == ORDERS);

    // Purchases have no limit.
    assertThat(api.buy(concert, 1).status()).isEqualTo(201);
    assertThat(api.buy(concert, 1).header("RateLimit-Policy")).isEmpty();

    // An operator's orders neither.
    assertThat(api.post(path, Bodies.purchase(1), operator()).status()).isEqualTo(201);
  }

  @Test
  void anAccountHasASmallerQuota() {
    Person person = Person.signedIn(api);
    String concert = api.createConcert(ORDERS, operator()).path("id").asText();
    String path = "/v1/concerts/" + concert + "/orders";
    // The order comes from an address of its own, since each order also counts for its address.
    Answer ordered =
        api.send(
            "POST",
            path,
            Bodies.purchase(1),
            "Authorization",
            "Bearer " + person.accessToken(),
            "X-Forwarded-For",
            "198.51.100.7");
    assertThat(ordered.header("RateLimit-Policy"))
        .contains("\"orders-of-account\";q=%d;w=600".formatted(QUOTA_OF_ACCOUNT));
  }
}
