package io.boxoffice.grafana.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every dashboard is drawn from a stub that has one value for whatever it is asked. */
class PreviewTest {
  private static final String LABELS =
      "{\"le\": \"1\", \"alertname\": \"A<1>\", \"instance\": \"one\", \"rule\": \"r\", \"route\": \"/\"}";

  @TempDir private Path out;
  private HttpServer stub;
  private String unknown = "nothing is unknown";
  private String refused = "nothing is refused";

  @BeforeAll
  static void doNotWaitForMoreToSend() {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  @BeforeEach
  void start() throws IOException {
    stub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stub.createContext("/api/v1/", this::answer);
    stub.start();
  }

  @AfterEach
  void stop() {
    stub.stop(0);
  }

  @Test
  void everyPanelOfEveryDashboardIsDrawnForBothThemes() throws IOException {
    assertThat(preview("../dashboards").drawAll()).isZero();
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.toList())
          .hasSize(38)
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file))
                      .startsWith("<svg ")
                      .contains("not a picture of Grafana", "A&lt;1&gt;")
                      .doesNotContain("No data"));
    }
  }

  @Test
  void aPanelWithoutDataIsCounted() throws IOException {
    unknown = "stock_invariant_violations";
    assertThat(preview("../dashboards/on-sale.json").drawAll()).isEqualTo(1);
    assertThat(out.resolve("boxoffice-on-sale-light.svg")).content().contains("No data");
  }

  @Test
  void aPanelThatNeedsAClusterIsNot() throws IOException {
    unknown = "kube_deployment_status_replicas_ready";
    assertThat(preview("../dashboards/kubernetes.json").drawAll()).isZero();
  }

  @Test
  void aQueryThatPrometheusRefusesIsCountedEvenThere() throws IOException {
    refused = "kube_deployment_status_replicas_ready";
    assertThat(preview("../dashboards/kubernetes.json").drawAll()).isEqualTo(1);
  }

  @Test
  void aPrometheusThatIsNotThereIsSaid() {
    stop();
    assertThatThrownBy(() -> preview("../dashboards"))
        .isInstanceOf(PreviewException.class)
        .hasMessageStartingWith("There is no Prometheus at http://");
  }

  private Preview preview(String dashboards) throws IOException {
    return new Preview(
        PreviewOptions.parse(
            "--dashboard",
            dashboards,
            "--exceptions",
            "../cluster-only.txt",
            "--prometheus",
            "http://127.0.0.1:%d/".formatted(stub.getAddress().getPort()),
            "--last",
            "10m",
            "--out",
            out.toString()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> query =
        Arrays.stream(exchange.getRequestURI().getRawQuery().split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    String data = data(exchange.getRequestURI().getPath(), query);
    String answer =
        query.getOrDefault("query", "").contains(refused)
            ? "{\"status\": \"error\", \"error\": \"parse error\"}"
            : "{\"status\": \"success\", \"data\": %s}".formatted(data);
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String data(String path, Map<String, String> query) {
    if (path.endsWith("/targets")) {
      return "{\"activeTargets\": [{\"scrapeInterval\": \"15s\"}]}";
    }
    if (path.endsWith("/values")) {
      return "[\"local\"]";
    }
    boolean range = path.endsWith("/query_range");
    String values =
        range
            ? "\"values\": [[%s, \"1\"], [%s, \"2\"]]"
                .formatted(query.get("start"), query.get("end"))
            : "\"value\": [%s, \"1\"]".formatted(query.get("time"));
    return "{\"resultType\": \"%s\", \"result\": [%s]}"
        .formatted(
            range ? "matrix" : "vector",
            query.get("query").contains(unknown)
                ? ""
                : "{\"metric\": %s, %s}".formatted(LABELS, values));
  }
}
