package io.boxoffice.testing;

import static io.boxoffice.testing.TestApplication.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient.Answer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Registers, signs in and calls the service as a person with an account, for tests. */
public final class Person {
  /** A password that the rules allow. */
  public static final String PASSWORD = "a quiet lamp over nine doors";

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Pattern CODE = Pattern.compile("(?m)^([A-Za-z0-9_-]{22})$");

  private final ApiClient api;
  private final String email;
  private JsonNode tokens;

  private Person(ApiClient api, String email) {
    this.api = api;
    this.email = email;
  }

  /** Returns a person with an account and a session, and an address of their own. */
  public static Person signedIn(ApiClient api) {
    return registered(api).signIn();
  }

  /** Returns a person with an account and without a session. */
  public static Person registered(ApiClient api) {
    return registered(api, "person-" + COUNT.incrementAndGet() + "@example.com");
  }

  /** Returns a person with an account of the given address. */
  public static Person registered(ApiClient api, String email) {
    require(202, api.post("/v1/accounts", email(email)));
    require(201, api.post("/v1/account-verifications", code(newestCode(api, email), PASSWORD)));
    return new Person(api, email);
  }

  /** Signs in with a new session. */
  public Person signIn() {
    tokens = require(201, api.post("/v1/sessions", credentials(email, PASSWORD))).body();
    return this;
  }

  /** Returns the person at another replica. */
  public Person at(ApiClient replica) {
    Person same = new Person(replica, email);
    same.tokens = tokens;
    return same;
  }

  /** Returns the address. */
  public String email() {
    return email;
  }

  /** Returns the id of the session. */
  public String session() {
    return tokens.path("sessionId").asText();
  }

  /** Returns the access token. */
  public String accessToken() {
    return tokens.path("accessToken").asText();
  }

  /** Returns the refresh token. */
  public String refreshToken() {
    return tokens.path("refreshToken").asText();
  }

  /** Returns the Authorization header, as name and value. */
  public String[] bearer() {
    return new String[] {"Authorization", "Bearer " + accessToken()};
  }

  /** Sends a request with the access token; a null body sends none. */
  public Answer send(String method, String path, String body) {
    return api.send(method, path, body, bearer());
  }

  /** Sends a GET request with the access token. */
  public Answer get(String path) {
    return send("GET", path, null);
  }

  /** Returns the newest mail to an address. */
  public static JsonNode newestMail(ApiClient api, String email) {
    JsonNode items =
        require(
                200,
                api.get("/v1/mails?limit=100&recipient=" + email.replace("+", "%2B"), operator()))
            .body()
            .path("items");
    return items.path(items.size() - 1);
  }

  /** Returns the code of the newest mail to an address. */
  public static String newestCode(ApiClient api, String email) {
    Matcher code = CODE.matcher(newestMail(api, email).path("body").asText());
    if (!code.find()) {
      throw new AssertionError("no code for " + email);
    }
    return code.group(1);
  }

  /** Returns a body with an address. */
  public static String email(String email) {
    return "{\"email\": \"%s\"}".formatted(email);
  }

  /** Returns a body with a code and a password. */
  public static String code(String code, String password) {
    return "{\"code\": \"%s\", \"password\": \"%s\"}".formatted(code, password);
  }

  /** Returns the body of a sign-in. */
  public static String credentials(String email, String password) {
    return "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password);
  }

  private static Answer require(int status, Answer answer) {
    if (answer.status() != status) {
      throw new AssertionError("not " + status + ": " + answer.raw().body());
    }
    return answer;
  }
}
