package io.boxoffice.stress.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.boxoffice.stress.crowd.shop.Partner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartnerOutageTest {
  private static final String FORMER = "{\"activeProfile\":\"former\"}";

  private final List<String> settings = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private HttpServer server;
  private PartnerOutage outage;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/simulation",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (exchange.getRequestMethod().equals("PUT")) {
            settings.add(new String(body, StandardCharsets.UTF_8));
          }
          byte[] answer = FORMER.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    outage = new PartnerOutage(new Partner(url, ""), Duration.ofSeconds(90), said::add);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void thePartnerFailsInTheMiddleThird() {
    outage.follow(29.9);
    assertThat(settings).isEmpty();
    outage.follow(30.5);
    outage.follow(44.9);
    assertThat(settings).hasSize(1).first().asString().contains("\"lose\":true", "\"30s\"");
    outage.follow(45);
    assertThat(settings).hasSize(2).last().asString().contains("\"denial\"", "\"15s\"");
    outage.follow(60);
    outage.close();
    assertThat(settings).hasSize(3).last().isEqualTo(FORMER);
  }

  @Test
  void aRunThatEndsEarlyRestoresTheFormerSetting() {
    outage.follow(31);
    outage.close();
    outage.follow(50);
    assertThat(settings).hasSize(2).last().isEqualTo(FORMER);
    assertThat(said).last().isEqualTo("the payment partner works again");
  }

  @Test
  void aPartnerThatIsGoneEndsNoRun() {
    stop();
    outage.follow(31);
    outage.close();
    assertThat(said).isNotEmpty().allMatch(line -> line.startsWith("could not change"));
  }
}
