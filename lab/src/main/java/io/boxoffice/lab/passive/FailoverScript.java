package io.boxoffice.lab.passive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.lab.load.Sale;
import io.boxoffice.lab.topology.Waiting;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The simplest failover test: creates data, stops the database, sees the API fail as it should,
 * starts the database, measures when the API works again, and reads the data.
 */
public final class FailoverScript {
  private static final int PURCHASES = 20;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Duration STEP_LIMIT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_LIMIT)
          .build();
  private final Single single;
  private final Consumer<String> report;

  /**
   * A script for a topology that has started.
   *
   * @param report is given a sentence for each step
   */
  public FailoverScript(Single single, Consumer<String> report) {
    this.single = single;
    this.report = report;
  }

  /**
   * Runs it.
   *
   * @return whether the API failed as it should, and lost nothing
   */
  public boolean run() {
    Sale sale = Sale.create(single, PURCHASES);
    List<String> receipts = new ArrayList<>();
    for (int index = 0; index < PURCHASES; index++) {
      receipts.add(buy(sale).body().path("id").asText());
    }
    say("%d purchases have a receipt", receipts.size());

    long stopped = System.nanoTime();
    single.database().stop();
    boolean notReady = Waiting.until(() -> health() == 503, STEP_LIMIT);
    say("database stopped; /health says 503: %s, after %s", yes(notReady), since(stopped));
    Answer refused = buy(sale);
    boolean fails =
        refused.status() == 503
            && refused.body().path("code").asText().matches("unavailable|outcome-unknown");
    say("a purchase gets %d %s", refused.status(), refused.body().path("code").asText());

    long restored = System.nanoTime();
    single.database().startAgain(single.database().nodes().get(0));
    boolean sells = Waiting.until(() -> buy(sale).status() == 201, STEP_LIMIT);
    say("database started; a purchase succeeds: %s, after %s", yes(sells), since(restored));
    boolean ready = Waiting.until(() -> health() == 200, STEP_LIMIT);
    say("/health says 200: %s, after %s", yes(ready), since(restored));
    long there = receipts.stream().filter(id -> get("/v1/purchases/" + id) == 200).count();
    say("%d of %d receipts are there", there, receipts.size());
    return notReady && fails && sells && ready && there == receipts.size();
  }

  private record Answer(int status, JsonNode body) {}

  private Answer buy(Sale sale) {
    return send(
        request("/v1/concerts/%s/purchases".formatted(sale.concert()))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"email\": \"buyer@example.com\", \"quantity\": 1, \"ticketTypeId\": \"%s\"}"
                        .formatted(sale.large().id())))
            .build());
  }

  private int health() {
    return get("/health?type=ready");
  }

  private int get(String path) {
    return send(request(path).build()).status();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(single.entrances().get(0).resolve(path)).timeout(ANSWER_LIMIT);
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), new ObjectMapper().readTree(response.body()));
    } catch (IOException noAnswer) {
      return new Answer(0, new ObjectMapper().nullNode());
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }

  private void say(String format, Object... values) {
    report.accept(String.format(Locale.ROOT, format, values));
  }

  private static String yes(boolean value) {
    return value ? "yes" : "NO";
  }

  private static String since(long begin) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begin) / 1e9);
  }
}
