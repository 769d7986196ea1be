package io.boxoffice.lab.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.check.history.Operation.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends single requests of buyers, and says what each answer means. */
final class Attempts implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final int THREADS = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "answers");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .executor(threads)
          .build();
  private final List<URI> entrances;
  private final Sale sale;

  Attempts(List<URI> entrances, Sale sale) {
    this.entrances = List.copyOf(entrances);
    this.sale = sale;
  }

  /**
   * What a buyer knows after an attempt.
   *
   * @param purchase the id of the purchase or order; null without one
   * @param code the problem's code or the kind of failure; empty after a success
   */
  record Answer(Outcome outcome, String purchase, String code) {
    /** Whether the buyer has no reason to repeat. */
    boolean isFinal() {
      return outcome == Outcome.OK || outcome == Outcome.SOLD_OUT;
    }
  }

  /**
   * Sends a wish.
   *
   * @param attempt from 1 on: each attempt of a buyer uses the next entrance
   */
  CompletableFuture<Answer> send(Wish wish, int attempt) {
    URI entrance = entrances.get(Math.floorMod(wish.key().hashCode() + attempt, entrances.size()));
    HttpRequest request =
        HttpRequest.newBuilder(entrance.resolve(wish.path(sale.concert())))
            .timeout(ANSWER_LIMIT)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", wish.key())
            .POST(HttpRequest.BodyPublishers.ofString(wish.body()))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .handle(
            (response, failure) ->
                response == null ? ofFailure(failure) : of(response.statusCode(), response.body()));
  }

  /**
   * Reads how many tickets are left of each type.
   *
   * @return by the id of the ticket type; empty without an answer
   */
  CompletableFuture<Map<String, Long>> look(int number) {
    URI entrance = entrances.get(number % entrances.size());
    HttpRequest request =
        HttpRequest.newBuilder(entrance.resolve("/v1/concerts/" + sale.concert()))
            .timeout(ANSWER_LIMIT)
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .handle(
            (response, failure) ->
                response == null || response.statusCode() != 200
                    ? Map.of()
                    : available(response.body()));
  }

  private static Map<String, Long> available(String body) {
    Map<String, Long> available = new HashMap<>();
    try {
      for (JsonNode type : JSON.readTree(body).path("ticketTypes")) {
        available.put(type.path("id").asText(), type.path("available").asLong());
      }
    } catch (IOException noJson) {
      return Map.of();
    }
    return available;
  }

  /** Any error may hide a purchase, except when nothing was sent. */
  static Answer of(int status, String body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (IOException noJson) {
      return new Answer(Outcome.UNKNOWN, null, Integer.toString(status));
    }
    if (status == 201 && json.hasNonNull("id")) {
      return new Answer(Outcome.OK, json.path("id").asText(), "");
    }
    String code = json.path("code").asText(Integer.toString(status));
    return new Answer(code.equals("sold-out") ? Outcome.SOLD_OUT : Outcome.UNKNOWN, null, code);
  }

  private static Answer ofFailure(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return new Answer(Outcome.FAILED, null, "no-connection");
    }
    return new Answer(
        Outcome.UNKNOWN,
        null,
        cause instanceof HttpTimeoutException ? "no-answer" : "connection-lost");
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
