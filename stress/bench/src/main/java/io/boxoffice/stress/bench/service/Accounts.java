package io.boxoffice.stress.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Registers people and signs them in, as they do. */
public final class Accounts {
  /** The password of every account. */
  public static final String PASSWORD = "a quiet lamp over nine doors";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CODE = Pattern.compile("(?m)^([A-Za-z0-9_-]{22})$");

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final String operatorToken;

  /** Uses the service at the given port. */
  public Accounts(int port, String operatorToken) {
    this.port = port;
    this.operatorToken = operatorToken;
  }

  /** An address with the code that was sent to it. */
  public record Invitation(String email, String code) {}

  /** Asks for a code at a new address, and reads it as an operator. */
  public Invitation invite() {
    String email = "person-%s@example.com".formatted(UUID.randomUUID());
    send("POST", "/v1/accounts", "{\"email\": \"%s\"}".formatted(email), 202);
    JsonNode mails = send("GET", "/v1/mails?recipient=" + email, null, 200);
    Matcher code = CODE.matcher(mails.at("/items/0/body").asText());
    if (!code.find()) {
      throw new BenchException("The service sent no code to " + email);
    }
    return new Invitation(email, code.group(1));
  }

  /** Registers a person, and gives their address. */
  public String register() {
    Invitation invitation = invite();
    send(
        "POST",
        "/v1/account-verifications",
        "{\"code\": \"%s\", \"password\": \"%s\"}".formatted(invitation.code(), PASSWORD),
        201);
    return invitation.email();
  }

  /** Signs a person in several times, and gives the access token of each session. */
  public List<String> signIn(String email, int sessions) {
    String body = "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, PASSWORD);
    return IntStream.range(0, sessions)
        .mapToObj(session -> send("POST", "/v1/sessions", body, 201).path("accessToken").asText())
        .toList();
  }

  /** Sends a sign-in with a wrong password, and gives how long the answer took. */
  public Duration refused(String email) {
    long begin = System.nanoTime();
    send(
        "POST",
        "/v1/sessions",
        "{\"email\": \"%s\", \"password\": \"not the password of anybody\"}".formatted(email),
        401);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private JsonNode send(String method, String path, String body, int expected) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + operatorToken)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != expected) {
        throw new BenchException(
            "%s %s got %d and not %d: %s"
                .formatted(method, path, response.statusCode(), expected, response.body()));
      }
      return JSON.readTree(response.body());
    } catch (IOException | InterruptedException cause) {
      throw new BenchException("The service did not answer: " + cause.getMessage(), cause);
    }
  }
}
