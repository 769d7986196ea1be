package io.boxoffice.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests how the service starts, and the error messages when it does not. */
class StartIT {
  private static final String TOKEN = "a-long-operator-token";
  private static final String[] OPERATOR = {"Authorization", "Bearer " + TOKEN};

  @TempDir private Path data;

  @Test
  void embeddedServiceSellsSamplesAndListensOnLoopbackOnly() throws Exception {
    try (ServiceProcess service =
        ServiceProcess.server(
            Map.of("DATA_DIR", data.toString(), "SAMPLE_CONCERTS", "true", "WELCOME", "true"))) {
      ApiClient api = service.awaitClient();
      JsonNode concerts = api.get("/v1/concerts").body().path("items");
      assertThat(concerts).hasSize(3);
      assertThat(service.output()).contains("Box Office is open");
      assertThat(bash(purchaseCommand(service.output()))).startsWith("HTTP/1.1 201 Created");
      assertThat(api.get("/v1/purchases").status()).isEqualTo(200);

      int port = URI.create(api.baseUrl()).getPort();
      assertThat(listPurchases(port, "evil.example")).startsWith("HTTP/1.1 403");
      assertThat(listPurchases(port, "localhost:" + port)).startsWith("HTTP/1.1 200");

      ServiceProcess second = ServiceProcess.server(Map.of("DATA_DIR", data.toString()));
      assertThat(second.awaitExit()).isEqualTo(1);
      assertThat(second.output()).contains("already running in " + data).doesNotContain("\tat ");
    }
    try (ServiceProcess again = ServiceProcess.server(Map.of("DATA_DIR", data.toString()))) {
      assertThat(again.awaitClient().get("/v1/concerts").body().path("items")).hasSize(3);
    }
  }

  @Test
  void settingThatIsFoundWrongLateLeavesNoDatabaseRunning() throws Exception {
    ServiceProcess service =
        ServiceProcess.server(
            Map.of("DATA_DIR", data.toString(), "RATE_LIMITS", "[{\"route\": \"/none\"}]"));
    assertThat(service.awaitExit()).isEqualTo(1);
    assertThat(service.output()).contains("RATE_LIMITS").doesNotContain("\tat ");
    assertThat(data.resolve("postgresql/PG_VERSION")).exists();
    assertThat(data.resolve("postgresql/postmaster.pid")).doesNotExist();
  }

  @Test
  void externalDatabaseRequiresAnOperatorToken() throws Exception {
    ServiceProcess service = ServiceProcess.server(TestDatabase.migrated().environment());
    assertThat(service.awaitExit()).isEqualTo(1);
    assertThat(service.output()).contains("OPERATOR_TOKEN").doesNotContain("\tat ");
  }

  @Test
  void addressThatIsNotJdbcIsRejectedWithoutRepeatingIt() throws Exception {
    ServiceProcess service =
        ServiceProcess.server(
            Map.of("DATABASE_URL", "postgres://u:secret@db/x", "OPERATOR_TOKEN", TOKEN));
    assertThat(service.awaitExit()).isEqualTo(1);
    assertThat(service.output()).contains("DATABASE_URL").doesNotContain("secret");
  }

  @Test
  void portInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
      ServiceProcess service =
          ServiceProcess.server(
              Map.of("DATA_DIR", data.toString(), "PORT", "" + taken.getLocalPort()));
      assertThat(service.awaitExit()).isEqualTo(1);
      assertThat(service.output())
          .contains("" + taken.getLocalPort(), "set PORT and ADMIN_PORT")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void outdatedSchemaIsRejectedUntilItIsMigrated() throws Exception {
    Map<String, String> environment = external(TestDatabase.empty());
    environment.put("MIGRATE_ON_START", "false");

    ServiceProcess refused = ServiceProcess.server(environment);
    assertThat(refused.awaitExit()).isEqualTo(1);
    assertThat(refused.output()).contains("MIGRATE_ON_START", "db migrate").doesNotContain("\tat ");

    ServiceProcess migration = ServiceProcess.run(environment, "db", "migrate", "../config.yml");
    assertThat(migration.awaitExit()).as(migration.output()).isZero();
    try (ServiceProcess service = ServiceProcess.server(environment)) {
      assertThat(service.awaitClient().get("/v1/concerts").status()).isEqualTo(200);
    }
  }

  @Test
  void migrationsMakeTheRoleOfTheExporter() throws Exception {
    TestDatabase database = TestDatabase.empty();
    Map<String, String> environment = external(database);
    String user = "monitoring_" + ProcessHandle.current().pid();
    environment.put("MONITORING_USER", user);
    ServiceProcess refused = ServiceProcess.run(environment, "db", "migrate", "../config.yml");
    assertThat(refused.awaitExit()).isEqualTo(1);
    assertThat(refused.output()).contains("MONITORING_PASSWORD is needed").doesNotContain("\tat ");

    environment.put("MONITORING_PASSWORD", "of the command");
    ServiceProcess migration = ServiceProcess.run(environment, "db", "migrate", "../config.yml");
    assertThat(migration.awaitExit()).as(migration.output()).isZero();
    new TestDatabase(database.url(), user, "of the command").jdbi().open().close();

    environment.put("MONITORING_PASSWORD", "of the start");
    try (ServiceProcess service = ServiceProcess.server(environment)) {
      service.awaitClient();
      new TestDatabase(database.url(), user, "of the start").jdbi().open().close();
      assertThat(service.output()).doesNotContain("of the start");
    }
  }

  @Test
  void twoReplicasStartAtOnceOnAnEmptyDatabaseAndDoNotOversell() throws Exception {
    TestDatabase database = TestDatabase.empty();
    try (ServiceProcess first = ServiceProcess.server(external(database));
        ServiceProcess second = ServiceProcess.server(external(database))) {
      ApiClient atFirst = first.awaitClient();
      ApiClient atSecond = second.awaitClient();
      String concertId = atFirst.createConcert(100, OPERATOR).path("id").asText();

      CompletableFuture<List<Answer>> rush =
          CompletableFuture.supplyAsync(() -> atFirst.rush(concertId, 100));
      List<Answer> other = atSecond.rush(concertId, 100);

      assertThat(sold(rush.join()) + sold(other)).isEqualTo(100);
    }
    assertThat(database.stockInvariantViolations()).isZero();
  }

  @Test
  void jsonLogsContainRequestIdsAndNoPersonalData() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    Map<String, String> environment = external(database);
    environment.put("LOG_FORMAT", "json");
    String output;
    try (ServiceProcess service = ServiceProcess.server(environment)) {
      ApiClient api = service.awaitClient();
      String concertId = api.createConcert(2, OPERATOR).path("id").asText();
      api.buy(concertId, 1, "X-Request-Id", "sold-1", "Idempotency-Key", "private-key");
      api.get("/v1/purchases?email=ada@example.com", OPERATOR);
      api.post("/v1/concerts/" + concertId + "/purchases", "{\"email\": \"eve@example.com\"");
      database.jdbi().useHandle(handle -> handle.execute("DROP TABLE tickets CASCADE"));
      assertThat(api.buy(concertId, 1, "X-Request-Id", "failed-1").status()).isEqualTo(500);
      service.close();
      output = service.output();
    }
    ObjectMapper json = new ObjectMapper();
    for (String line : output.lines().toList()) {
      for (String field :
          new String[] {"timestamp", "level", "logger", "message", "role", "version"}) {
        assertThat(json.readTree(line).path(field).asText()).as(line).isNotEmpty();
      }
    }
    assertThat(output).contains("sold-1", "\"requestId\":\"failed-1\"", "\"level\":\"ERROR\"");
    assertThat(output).doesNotContain("@example.com", TOKEN, "private-key", database.password());
  }

  private static Map<String, String> external(TestDatabase database) {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("OPERATOR_TOKEN", TOKEN);
    return environment;
  }

  private static String listPurchases(int port, String host) throws Exception {
    try (RawConnection connection = RawConnection.to(port)) {
      connection.send(
          "GET /v1/purchases HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host));
      return connection.readAll();
    }
  }

  private static String purchaseCommand(String output) {
    Matcher curl = Pattern.compile("curl -i http.*?'\\n\\n", Pattern.DOTALL).matcher(output);
    assertThat(curl.find()).as(output).isTrue();
    return curl.group();
  }

  private static String bash(String command) throws Exception {
    Process shell = new ProcessBuilder("bash", "-c", command).start();
    return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static long sold(List<Answer> answers) {
    return answers.stream().filter(answer -> answer.status() == 201).count();
  }
}
