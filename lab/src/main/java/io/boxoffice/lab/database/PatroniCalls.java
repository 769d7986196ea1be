package io.boxoffice.lab.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.lab.host.Node;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Calls the REST APIs of Patroni and of its etcd. */
final class PatroniCalls {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration SWITCH_LIMIT = Duration.ofSeconds(30);

  /** Under load, a standby is always a little behind what its primary last reported. */
  private static final long CLOSE_BYTES = 4_000_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  /** The answers of the Patronis that answer, by the name of their node. They are asked at once. */
  Map<String, JsonNode> get(List<Node> nodes, String path) {
    return answers(nodes, node -> uri(node, path));
  }

  private Map<String, JsonNode> answers(List<Node> nodes, Function<Node, URI> address) {
    Map<String, CompletableFuture<HttpResponse<String>>> calls = new LinkedHashMap<>();
    for (Node node : nodes) {
      HttpRequest request = HttpRequest.newBuilder(address.apply(node)).timeout(LIMIT).build();
      calls.put(node.name(), http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    }
    Map<String, JsonNode> answers = new LinkedHashMap<>();
    calls.forEach(
        (name, call) -> {
          try {
            answers.put(name, JSON.readTree(call.join().body()));
          } catch (IOException | java.util.concurrent.CompletionException noAnswer) {
            // A node without an answer is missing in the result.
          }
        });
    return answers;
  }

  /**
   * Whether every Patroni sees one primary and all others stream on its timeline, and every etcd
   * reaches its leader: one that is apart answers the next fault with no majority.
   *
   * @param synchronous whether a synchronous standby is needed
   */
  boolean isComplete(List<Node> nodes, boolean synchronous) {
    Map<String, JsonNode> views = get(nodes, "/cluster");
    return views.size() == nodes.size()
        && views.values().stream()
            .allMatch(cluster -> isComplete(cluster, nodes.size(), synchronous))
        && etcdIsComplete(nodes);
  }

  /** etcd reads through its leader before it says that it is well. */
  private boolean etcdIsComplete(List<Node> nodes) {
    Map<String, JsonNode> health =
        answers(
            nodes,
            node ->
                URI.create(
                    "http://%s:%d/health"
                        .formatted(node.controlAddress(), PatroniFiles.ETCD_PORT)));
    return health.size() == nodes.size()
        && health.values().stream().allMatch(one -> one.path("health").asBoolean());
  }

  static boolean isComplete(JsonNode cluster, int nodes, boolean synchronous) {
    int leaders = 0;
    int streaming = 0;
    int synchronousStandbys = 0;
    int timeline = 0;
    for (JsonNode member : cluster.path("members")) {
      if (member.path("role").asText().equals("leader")) {
        timeline = member.path("timeline").asInt();
      }
    }
    for (JsonNode member : cluster.path("members")) {
      String role = member.path("role").asText();
      String state = member.path("state").asText();
      if (role.equals("leader")) {
        leaders += state.equals("running") ? 1 : 0;
      } else if (state.matches("running|streaming")
          && member.path("timeline").asInt() == timeline
          && isClose(member.path("lag"))) {
        streaming++;
        synchronousStandbys += role.equals("sync_standby") ? 1 : 0;
      }
    }
    return leaders == 1
        && streaming == nodes - 1
        && (!synchronous || synchronousStandbys == 1)
        && !cluster.has("pause");
  }

  private static boolean isClose(JsonNode lag) {
    return lag.isNumber() && lag.asLong() < CLOSE_BYTES;
  }

  void switchOver(Node leader, String name) {
    HttpRequest request =
        HttpRequest.newBuilder(uri(leader, "/switchover"))
            .timeout(SWITCH_LIMIT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"leader\": \"%s\"}".formatted(name)))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new BenchException("Patroni refused the switchover: " + answer.body());
      }
    } catch (IOException cause) {
      throw new BenchException("Patroni did not answer: " + cause.getMessage(), cause);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }

  private static URI uri(Node node, String path) {
    return URI.create("http://%s:%d%s".formatted(node.address(), PatroniFiles.REST_PORT, path));
  }
}
