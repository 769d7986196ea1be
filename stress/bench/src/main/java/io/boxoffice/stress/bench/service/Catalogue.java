package io.boxoffice.stress.bench.service;

import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.sql.BenchDatabase;
import io.boxoffice.stress.bench.sql.TicketTypeRef;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts concerts on sale, as an operator does. Each load gets concerts of its own. */
public final class Catalogue {
  /** The most tickets that a type can have. */
  public static final int LARGEST_STOCK = 1_000_000;

  private static final int TYPES_PER_CONCERT = 50;

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final String operatorToken;
  private final BenchDatabase database;

  /** Creates concerts through the service at the given port. */
  public Catalogue(int port, String operatorToken, BenchDatabase database) {
    this.port = port;
    this.operatorToken = operatorToken;
    this.database = database;
  }

  /** The given number of ticket types of the same capacity, on as few concerts as possible. */
  public List<TicketTypeRef> create(int types, int capacity) {
    List<TicketTypeRef> created = new ArrayList<>();
    while (created.size() < types) {
      int here = Math.min(TYPES_PER_CONCERT, types - created.size());
      created.addAll(typesOf(createConcert(here, capacity)));
    }
    return created;
  }

  private UUID createConcert(int types, int capacity) {
    String body =
        """
        {"title": "Benchmark", "artist": "The Load", "venue": "Loopback", "startsAt": "%s",
         "ticketTypes": [%s]}
        """
            .formatted(
                Instant.now().plus(365, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS),
                IntStream.range(0, types)
                    .mapToObj(
                        type ->
                            """
                            {"name": "Block %d", "price": {"amount": 4500, "currency": "EUR"},
                             "capacity": %d}"""
                                .formatted(type, capacity))
                    .collect(Collectors.joining(",")));
    return UUID.fromString(create("/v1/concerts", body));
  }

  /** Buys one ticket, and gives the id of the purchase. */
  public String buy(TicketTypeRef type) {
    return create(
        "/v1/concerts/%s/purchases".formatted(type.concertId()),
        "{\"email\": \"reader@example.com\", \"quantity\": 1, \"ticketTypeId\": \"%s\"}"
            .formatted(type.id()));
  }

  private String create(String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + operatorToken)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 201) {
        throw new BenchException("The service rejected a request: " + response.body());
      }
      String location = response.headers().firstValue("Location").orElseThrow();
      return location.substring(location.lastIndexOf('/') + 1);
    } catch (IOException | InterruptedException cause) {
      throw new BenchException("The service did not answer: " + cause.getMessage(), cause);
    }
  }

  private List<TicketTypeRef> typesOf(UUID concertId) {
    try (Connection connection = database.connect();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT id FROM ticket_types WHERE concert_id = ? ORDER BY position")) {
      select.setObject(1, concertId);
      List<TicketTypeRef> types = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          types.add(new TicketTypeRef(concertId, rows.getObject(1, UUID.class)));
        }
      }
      return types;
    } catch (SQLException cause) {
      throw new BenchException("The database reported an error: " + cause.getMessage(), cause);
    }
  }
}
