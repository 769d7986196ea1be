package io.boxoffice.account.factor;

import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays the authenticator app of a person, for tests.
 *
 * @param recoveryCodes the codes of the service; empty while the factor is not confirmed
 */
public record Authenticator(String secret, List<String> recoveryCodes) {
  private static final String PATH = "/v1/accounts/me/totp";

  /** Gets a secret for a person who is signed in. */
  public static Authenticator pending(Person person) {
    Answer created = person.send("POST", PATH, password(Person.PASSWORD));
    if (created.status() != 201) {
      throw new AssertionError("no secret: " + created.raw().body());
    }
    return new Authenticator(created.text("secret"), List.of());
  }

  /**
   * Switches the second factor of a person on, as if it had been on for some time: the code of now
   * was not used.
   */
  public static Authenticator active(Person person, TestDatabase database) {
    Authenticator pending = pending(person);
    Answer confirmed = person.send("POST", PATH + "/confirmation", code(pending.code()));
    if (confirmed.status() != 200) {
      throw new AssertionError("not confirmed: " + confirmed.raw().body());
    }
    List<String> codes = new ArrayList<>();
    confirmed.body().path("recoveryCodes").forEach(code -> codes.add(code.asText()));
    pending.letTimePass(database);
    return new Authenticator(pending.secret(), codes);
  }

  /** Makes the service accept the code of now again, as if it were the one of a later window. */
  public void letTimePass(TestDatabase database) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("UPDATE second_factors SET last_step = 0 WHERE secret = ?", secret));
  }

  /** Returns the code that the app shows now. It is accepted for 30 to 60 seconds. */
  public String code() {
    return Totp.code(secret, Totp.step(Instant.now()));
  }

  /** Returns a code of the right form that is wrong. */
  public String wrongCode() {
    long later = Totp.step(Instant.now()) + 1_000;
    return Totp.code(secret, later);
  }

  /** Returns a body with a code. */
  public static String code(String code) {
    return "{\"code\": \"%s\"}".formatted(code);
  }

  /** Returns a body with a password. */
  public static String password(String password) {
    return "{\"password\": \"%s\"}".formatted(password);
  }

  /** Returns the body of a removal. */
  public static String removal(String password, String code) {
    return "{\"password\": \"%s\", \"code\": \"%s\"}".formatted(password, code);
  }

  /** Returns the body of a sign-in with a code. */
  public static String credentials(Person person, String code) {
    return "{\"email\": \"%s\", \"password\": \"%s\", \"code\": \"%s\"}"
        .formatted(person.email(), Person.PASSWORD, code);
  }
}
