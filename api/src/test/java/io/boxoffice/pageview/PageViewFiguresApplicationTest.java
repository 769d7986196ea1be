package io.boxoffice.pageview;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The analytics partner counts each page view once, in each way to write them. */
class PageViewFiguresApplicationTest {
  private static final int VIEWS = 50;

  /** The entries that the partner got, by id. */
  private final Map<String, JsonNode> counted = new ConcurrentHashMap<>();

  private void count(HttpExchange exchange) throws IOException {
    JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
    body.path("events").forEach(entry -> counted.put(entry.path("id").asText(), entry));
    byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private int views(String concert) {
    return counted.values().stream()
        .filter(entry -> entry.path("type").asText().equals("page-view"))
        .filter(entry -> entry.path("concertId").asText().equals(concert))
        .mapToInt(entry -> entry.path("quantity").asInt())
        .sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"blocking", "nonblocking", "events"})
  void everyViewIsCounted(String way) throws Exception {
    HttpServer partner =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    partner.createContext("/events", this::count);
    partner.start();
    TestApplication shop =
        TestApplication.shipped()
            .with("communication", way)
            .with("partners.analyticsUrl", "http://127.0.0.1:" + partner.getAddress().getPort())
            .start();
    try {
      String concert = shop.client().createConcert(5, operator()).path("id").asText();
      for (int i = 0; i < VIEWS; i++) {
        assertThat(
                shop.client()
                    .post("/v1/page-views", "{\"concertId\": \"%s\"}".formatted(concert))
                    .status())
            .isIn(201, 202);
      }
      Eventually.within(Duration.ofSeconds(30), () -> views(concert) >= VIEWS);
      assertThat(views(concert)).isEqualTo(VIEWS);
    } finally {
      shop.stop();
      partner.stop(0);
    }
  }
}
