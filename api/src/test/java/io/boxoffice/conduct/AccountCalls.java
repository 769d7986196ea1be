package io.boxoffice.conduct;

import io.boxoffice.account.factor.Authenticator;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestProvider;

/**
 * Adds the calls of accounts, sessions and mails. Each has an account or a session of its own where
 * it would end or change one of another call.
 */
final class AccountCalls {
  private final Calls calls;
  private final ApiClient api;

  AccountCalls(Calls calls, ApiClient api) {
    this.calls = calls;
    this.api = api;
  }

  /** Adds the calls. */
  void add() {
    calls.on("GET", "/v1/mails", "/v1/mails");
    calls.on("GET", "/.well-known/jwks.json", "/.well-known/jwks.json");
    Person buyer = Person.signedIn(api);
    String email = "calls@example.com";
    calls.on("POST", "/v1/accounts", "/v1/accounts", Person.email(email));
    api.post("/v1/accounts", Person.email(email));
    calls.on(
        "POST",
        "/v1/account-verifications",
        "/v1/account-verifications",
        Person.code(Person.newestCode(api, email), Person.PASSWORD));
    calls.on(
        "POST", "/v1/sessions", "/v1/sessions", Person.credentials(buyer.email(), Person.PASSWORD));
    calls.on(
        "POST",
        "/v1/sessions/refresh",
        "/v1/sessions/refresh",
        "{\"refreshToken\": \"%s\"}".formatted(buyer.refreshToken()));
    calls.as(headerOf(buyer), "GET", "/v1/sessions", "/v1/sessions", null);
    calls.on("POST", "/v1/password-resets", "/v1/password-resets", Person.email(buyer.email()));
    Person forgetful = Person.registered(api);
    api.post("/v1/password-resets", Person.email(forgetful.email()));
    calls.on(
        "POST",
        "/v1/password-resets/confirmation",
        "/v1/password-resets/confirmation",
        Person.code(Person.newestCode(api, forgetful.email()), Person.PASSWORD));
    String account = "/v1/accounts/" + buyer.get("/v1/accounts/me").text("id");
    calls.on("GET", "/v1/accounts/{accountId}", account);
    calls.on("PATCH", "/v1/accounts/{accountId}", account, "{\"role\": \"BUYER\"}");
    calls.as(headerOf(buyer), "GET", "/v1/accounts/me", "/v1/accounts/me", null);
    calls.as(headerOf(buyer), "PATCH", "/v1/accounts/me", "/v1/accounts/me", "{\"name\": \"Ada\"}");
    calls.as(headerOf(buyer), "GET", "/v1/accounts/me/export", "/v1/accounts/me/export", null);
    calls.as(
        headerOf(buyer), "GET", "/v1/accounts/me/purchases", "/v1/accounts/me/purchases", null);
    calls.as(headerOf(buyer), "GET", "/v1/accounts/me/orders", "/v1/accounts/me/orders", null);
    calls.as(
        headerOf(buyer),
        "POST",
        "/v1/accounts/me/purchase-claims",
        "/v1/accounts/me/purchase-claims",
        null);
    calls.as(
        headerOf(Person.signedIn(api)),
        "PUT",
        "/v1/accounts/me/password",
        "/v1/accounts/me/password",
        "{\"currentPassword\": \"%1$s\", \"newPassword\": \"%1$s\"}".formatted(Person.PASSWORD));
    calls.as(
        headerOf(Person.signedIn(api)),
        "POST",
        "/v1/accounts/me/email-changes",
        "/v1/accounts/me/email-changes",
        Person.credentials("calls-elsewhere@example.com", Person.PASSWORD));
    Person moving = Person.signedIn(api);
    String elsewhere = "calls-moved@example.com";
    moving.send(
        "POST", "/v1/accounts/me/email-changes", Person.credentials(elsewhere, Person.PASSWORD));
    calls.as(
        headerOf(moving),
        "POST",
        "/v1/accounts/me/email-changes/confirmation",
        "/v1/accounts/me/email-changes/confirmation",
        "{\"code\": \"%s\"}".formatted(Person.newestCode(api, elsewhere)));
    calls.as(
        headerOf(Person.signedIn(api)),
        "DELETE",
        "/v1/accounts/me",
        "/v1/accounts/me",
        "{\"password\": \"%s\"}".formatted(Person.PASSWORD));
    addIdentities(headerOf(buyer));
    addSecondFactor();
    // Sessions of their own, so that the calls above keep theirs.
    calls.as(headerOf(buyer.at(api).signIn()), "DELETE", "/v1/sessions", "/v1/sessions", null);
    calls.as(
        headerOf(buyer),
        "DELETE",
        "/v1/sessions/{sessionId}",
        "/v1/sessions/" + buyer.at(api).signIn().session(),
        null);
  }

  /** Without an identity provider, the valid answer of most of these calls is 404. */
  private void addIdentities(String owner) {
    String begin = "/v1/identity-sign-ins";
    calls.on("POST", begin, begin, TestProvider.redirect(TestProvider.REDIRECT_URI));
    String completion = TestProvider.completion("code", "state", "verifier");
    calls.on(
        "POST",
        begin + "/{signInId}/completion",
        begin + "/" + Calls.NO_ID + "/completion",
        completion);
    String own = "/v1/accounts/me/identities";
    String link = "{\"signInId\": \"%s\", \"completion\": %s, \"password\": \"%s\"}";
    String password = "{\"password\": \"%s\"}".formatted(Person.PASSWORD);
    calls.as(owner, "GET", own, own, null);
    calls.as(owner, "POST", own, own, link.formatted(Calls.NO_ID, completion, Person.PASSWORD));
    calls.as(owner, "DELETE", own + "/{identityId}", own + "/" + Calls.NO_ID, password);
  }

  private void addSecondFactor() {
    String path = "/v1/accounts/me/totp";
    String password = Authenticator.password(Person.PASSWORD);
    calls.as(headerOf(Person.signedIn(api)), "POST", path, path, password);
    Person owner = Person.signedIn(api);
    Authenticator.pending(owner);
    calls.as(headerOf(owner), "DELETE", path, path, password);
    Person careful = Person.signedIn(api);
    // Valid for 30 seconds at least, which is enough for the calls before it.
    String code = Authenticator.code(Authenticator.pending(careful).code());
    calls.as(headerOf(careful), "POST", path + "/confirmation", path + "/confirmation", code);
  }

  private static String headerOf(Person person) {
    return "Authorization: " + person.bearer()[1] + "\r\n";
  }
}
