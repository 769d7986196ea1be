package io.boxoffice.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.boxoffice.partners.search.SearchRole;
import io.boxoffice.partners.testing.Eventually;
import io.boxoffice.partners.testing.PartnerClient;
import io.boxoffice.partners.testing.RunningPartner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partner continues the trace of the shop. The receiver looks for bytes in what it is sent. */
class TracesApplicationTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALL = "b7ad6b7169203331";

  @TempDir private static Path directory;

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  @Test
  void theSpanOfARequestIsAPartOfItsTrace() throws Exception {
    List<String> received = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/v1/traces",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    try (RunningPartner partner =
        new RunningPartner(directory, new SearchRole())
            .with("tracing.endpoint", "http://localhost:" + receiver.getAddress().getPort())
            .with("tracing.serviceName", "search-partner")
            .start()) {
      assertThat(
              PartnerClient.join(
                      partner
                          .client()
                          .send(
                              "GET",
                              "/search?q=secret",
                              null,
                              "traceparent",
                              "00-" + TRACE + "-" + CALL + "-01"))
                  .status())
          .isEqualTo(200);
      Eventually.holds(() -> !received.isEmpty());
      assertThat(received.get(0))
          .contains("search-partner", "GET /search", bytes(TRACE), bytes(CALL))
          .doesNotContain("secret");
    } finally {
      receiver.stop(0);
    }
  }
}
