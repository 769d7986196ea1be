package io.boxoffice.warmup;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.TestApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sends the requests of a warm-up to the real desk, to check the expected statuses. */
class WarmUpRequestsApplicationTest {
  private static final int REQUESTS = 200;

  @RegisterExtension static final TestApplication service = TestApplication.shipped();

  private static WarmUpRequests requests;

  @BeforeAll
  static void createConcert() {
    ApiClient client = service.client();
    JsonNode concert =
        client
            .post(
                "/v1/concerts",
                """
                {"title": "T", "artist": "A", "venue": "V", "startsAt": "2999-01-01T00:00:00Z",
                 "ticketTypes": [
                   {"name": "some", "price": {"amount": 1, "currency": "EUR"}, "capacity": 1000},
                   {"name": "none", "price": {"amount": 1, "currency": "EUR"}, "capacity": 1}]}""",
                operator())
            .body();
    UUID concertId = UUID.fromString(concert.get("id").textValue());
    UUID soldOut = ticketType(concert, 1);
    String lastTicket =
        "{\"email\": \"a@example.com\", \"quantity\": 1, \"ticketTypeId\": \"" + soldOut + "\"}";
    client.post("/v1/concerts/" + concertId + "/purchases", lastTicket);
    requests =
        new WarmUpRequests(
            concertId, ticketType(concert, 0), soldOut, TestApplication.OPERATOR_TOKEN);
  }

  @Test
  void eachRequestGetsTheExpectedStatus() throws IOException {
    Map<Integer, Integer> answers = new TreeMap<>();
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port());
    try (WarmUpClient client = new WarmUpClient(address, new WarmUpConnections())) {
      for (int number = 0; number < REQUESTS; number++) {
        WarmUpRequests.Request request = requests.request(number);
        int status = client.call(request.text());
        assertThat(status).as(request.text()).isEqualTo(request.status());
        answers.merge(status, 1, Integer::sum);
      }
    }
    assertThat(answers).containsOnlyKeys(200, 201, 400, 404, 409, 422);
    assertThat(answers.get(201)).isGreaterThan(REQUESTS / 2);
  }

  private static UUID ticketType(JsonNode concert, int position) {
    return UUID.fromString(concert.get("ticketTypes").get(position).get("id").textValue());
  }
}
