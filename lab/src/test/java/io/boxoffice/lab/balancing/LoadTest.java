package io.boxoffice.lab.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.boxoffice.lab.load.Sale;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final List<Sale> SALES =
      List.of(new Sale("concert", new Sale.Stock("large", 10), new Sale.Stock("scarce", 1)));
  private static final List<String> SOURCES = List.of("127.0.0.1", "127.0.0.2");

  private final Set<String> clients = new ConcurrentSkipListSet<>();
  private HttpServer proxy;

  @BeforeEach
  void startProxy() throws IOException {
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/v1/concerts/concert/purchases",
        exchange -> {
          clients.add(exchange.getRemoteAddress().getAddress().getHostAddress());
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("X-Served-By", "replica");
          exchange.sendResponseHeaders(201, -1);
          exchange.close();
        });
    proxy.start();
  }

  @AfterEach
  void stopProxy() {
    proxy.stop(0);
  }

  @Test
  void buyersHaveSeveralAddresses() {
    List<Answer> answers = load().run(entrance(), Duration.ofMillis(500), 1);

    assertThat(answers).isNotEmpty().allMatch(answer -> answer.error().isEmpty());
    assertThat(answers).extracting(Answer::replica).containsOnly("replica");
    assertThat(clients).containsExactlyElementsOf(SOURCES);
  }

  @Test
  void aSeedGivesTheSameArrivals() {
    assertThat(arrivals(1)).isEqualTo(arrivals(1)).isNotEqualTo(arrivals(2));
  }

  @Test
  void aProxyThatDoesNotListenIsAnError() {
    URI entrance = entrance();
    proxy.stop(0);

    assertThat(load().run(entrance, Duration.ofMillis(200), 1))
        .isNotEmpty()
        .allMatch(answer -> answer.error().equals("no-connection"));
  }

  private List<Long> arrivals(long seed) {
    return load().run(entrance(), Duration.ofMillis(200), seed).stream()
        .map(Answer::arrived)
        .sorted()
        .toList();
  }

  private Load load() {
    return new Load(SOURCES, SALES, 100);
  }

  private URI entrance() {
    return URI.create("http://127.0.0.1:%d".formatted(proxy.getAddress().getPort()));
  }
}
