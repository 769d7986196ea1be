package io.boxoffice.stress.compare.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.sql.BenchDatabase;
import io.boxoffice.stress.compare.http.JsonCalls;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Where a scenario runs.
 *
 * @param operator calls the shop with the operator's token
 * @param buyers calls it without a token
 * @param partners calls the partners
 * @param database the shop's, which only the audit reads
 */
public record Stage(
    JsonCalls operator, JsonCalls buyers, JsonCalls partners, BenchDatabase database) {
  private static final int AT_ONCE = 8;

  /** A concert with one type of tickets. */
  record Concert(String id, String ticketTypeId) {}

  /** Reads one row of a result. */
  @FunctionalInterface
  interface Row {
    void read(ResultSet row) throws SQLException;
  }

  /** Puts a concert on sale. */
  Concert concert(String title, int capacity) {
    JsonNode created =
        operator.send(
            "POST",
            "/v1/concerts",
            """
            {"title": "%s", "artist": "The Load", "venue": "Loopback", "startsAt": "%s",
             "ticketTypes": [{"name": "Floor", "price": {"amount": 4500, "currency": "EUR"}, "capacity": %d}]}
            """
                .formatted(
                    title,
                    Instant.now().plus(365, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS),
                    capacity),
            201);
    return new Concert(created.path("id").asText(), created.at("/ticketTypes/0/id").asText());
  }

  /** Buys tickets that are not paid for, and gives the path of the purchase. */
  public String purchase(String concertId, int quantity) {
    JsonNode made =
        buyers.send(
            "POST",
            "/v1/concerts/%s/purchases".formatted(concertId),
            "{\"email\": \"reader@example.com\", \"quantity\": %d}".formatted(quantity),
            201);
    return "/v1/purchases/" + made.path("id").asText();
  }

  /** A purchase of a concert that no other request uses, to be read beside a load. */
  public String unrelatedPurchase() {
    return purchase(concert("Unrelated", 10).id(), 1);
  }

  /** Reads rows of the shop's database. */
  void rows(String sql, Row each) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        each.read(rows);
      }
    } catch (SQLException cause) {
      throw new BenchException("The audit failed: " + cause.getMessage(), cause);
    }
  }

  /** Runs a preparation for the numbers from 0 on, some at the same time. */
  static void forEach(int count, IntConsumer one) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (Future<?> each :
          IntStream.range(0, count)
              .<Future<?>>mapToObj(index -> threads.submit(() -> one.accept(index)))
              .toList()) {
        each.get();
      }
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    } catch (ExecutionException cause) {
      throw new BenchException(cause.getCause().getMessage(), cause);
    } finally {
      threads.shutdownNow();
    }
  }

  /** The time of a JSON text, in microseconds since 1970. */
  static long micros(JsonNode time) {
    return micros(Instant.parse(time.asText()));
  }

  /** A time in microseconds since 1970. */
  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
