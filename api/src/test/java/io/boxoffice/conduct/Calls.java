package io.boxoffice.conduct;

import static io.boxoffice.testing.TestApplication.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.account.factor.Authenticator;
import io.boxoffice.platform.http.strict.RouteTable;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.DeadLetterRows;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.SignedCallback;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Provides a valid call of every route and method of both ports, from which the tests of this
 * package derive invalid ones. {@link CallsApplicationTest} fails if a route has no call here.
 */
final class Calls {
  /** The header for the media type of the API's bodies. */
  static final String JSON = "Content-Type: application/json\r\n";

  /** The operator's header. */
  static final String OPERATOR = operator()[0] + ": " + operator()[1] + "\r\n";

  /** An id that nothing has. */
  private static final String NO_ID = "01900000-0000-7000-8000-000000000000";

  private final TestApplication application;
  private final JsonNode concert;
  private final JsonNode purchase;
  private final List<Call> all = new ArrayList<>();

  /**
   * One valid call.
   *
   * @param port application or admin
   * @param template the route's template
   * @param path the template with ids of existing resources
   * @param body a valid body; null for a call without a body
   * @param authorization the header of a caller that may make the call
   */
  record Call(
      int port, String method, String template, String path, String body, String authorization) {

    /** The request's text, with further header lines. */
    String with(String headers) {
      return with(path, headers, body);
    }

    /**
     * The request's text with another target, headers and body. The connection closes after the
     * response.
     */
    String with(String target, String headers, String anotherBody) {
      String length =
          anotherBody == null ? "" : "Content-Length: %d\r\n".formatted(anotherBody.length());
      return "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s%s%s\r\n%s"
          .formatted(
              method,
              target,
              headers.contains("Authorization:") ? "" : authorization,
              length + (anotherBody == null || headers.contains("Content-Type:") ? "" : JSON),
              headers,
              anotherBody == null ? "" : anotherBody);
    }

    /** Sends a request to the call's port. */
    RawReply send(String request) {
      try {
        return RawConnection.exchange(port, request);
      } catch (IOException cause) {
        throw new AssertionError(this + ": " + request, cause);
      }
    }

    /** Whether the call only reads. */
    boolean isRead() {
      return method.equals("GET");
    }

    /** Whether the service verifies the bytes of the body before it parses them. */
    boolean isSigned() {
      return authorization.startsWith("Payment-Signature: ");
    }

    @Override
    public String toString() {
      return method + " " + template;
    }
  }

  /** Creates the resources that the calls use. */
  Calls(TestApplication application) {
    this.application = application;
    ApiClient api = application.client();
    application.awaitReady();
    this.concert = api.createConcert(1000, operator());
    this.purchase = api.buy(concertId(), 1).body();
    addApplication();
    addAccounts(api);
    addAdmin();
  }

  private void addApplication() {
    String purchaseId = purchase.path("id").asText();
    on("GET", "/", "/");
    on("GET", "/page/{file}", "/page/page.js");
    on("GET", "/openapi.json", "/openapi.json");
    on("GET", "/openapi.yaml", "/openapi.yaml");
    on("GET", "/health", "/health");
    on("GET", "/problems", "/problems");
    on("GET", "/problems/{code}", "/problems/sold-out");
    on("GET", "/v1/concerts", "/v1/concerts");
    on("POST", "/v1/concerts", "/v1/concerts", Bodies.concert(5));
    on("GET", "/v1/concerts/{concertId}", "/v1/concerts/" + concertId());
    on("PATCH", "/v1/concerts/{concertId}", "/v1/concerts/" + concertId(), "{\"title\": \"t\"}");
    // The concert has a purchase, so a valid DELETE is rejected with 409.
    on("DELETE", "/v1/concerts/{concertId}", "/v1/concerts/" + concertId());
    on(
        "POST",
        "/v1/concerts/{concertId}/purchases",
        "/v1/concerts/" + concertId() + "/purchases",
        Bodies.purchase(1));
    on(
        "POST",
        "/v1/concerts/{concertId}/orders",
        "/v1/concerts/" + concertId() + "/orders",
        Bodies.purchase(1));
    on("GET", "/v1/purchases", "/v1/purchases");
    on("GET", "/v1/purchases/{purchaseId}", "/v1/purchases/" + purchaseId);
    on(
        "POST",
        "/v1/purchases/{purchaseId}/cancellation",
        "/v1/purchases/" + purchaseId + "/cancellation");
    on(
        "GET",
        "/v1/tickets/{ticketId}",
        "/v1/tickets/" + purchase.path("ticketIds").get(0).asText());
    addCallback();
    addOrders();
    addCancellation();
    addDeadLetters();
    on("GET", "/v1/ledger-differences", "/v1/ledger-differences");
    on("GET", "/v1/simulation", "/v1/simulation");
    on("PUT", "/v1/simulation", "/v1/simulation", "{}");
    on("GET", "/v1/simulation/preview", "/v1/simulation/preview");
    on("POST", "/v1/simulation/preview", "/v1/simulation/preview", "{}");
    on("GET", "/v1/simulation/history", "/v1/simulation/history");
  }

  /** No order has the charge, so the valid answer is 404. */
  private void addCallback() {
    String body =
        """
        {"type": "charge.succeeded", "charge":
         {"id": "ch_1", "reference": "%s", "amount": 1, "currency": "EUR", "status": "SUCCEEDED"}}"""
            .formatted(NO_ID);
    as(
        String.join(": ", SignedCallback.now(body)) + "\r\n",
        "POST",
        "/v1/partner-callbacks/payment",
        "/v1/partner-callbacks/payment",
        body);
  }

  /** A concert that is cancelled already, so that each call is valid again and again. */
  private void addCancellation() {
    ApiClient api = application.client();
    String template = "/v1/concerts/{concertId}/cancellation";
    String path =
        "/v1/concerts/" + api.createConcert(1, operator()).path("id").asText() + "/cancellation";
    api.post(path, "{}", operator());
    on("GET", template, path);
    on("POST", template, path, "{\"reason\": \"The artist is ill\"}");
  }

  /** Each call has a dead letter of its own, because it removes it. */
  private void addDeadLetters() {
    String path = "/v1/dead-letters";
    String template = path + "/{deadLetterId}";
    on("GET", path, path);
    on("DELETE", template, path + "/" + deadLetter());
    on("POST", template + "/replay", path + "/" + deadLetter() + "/replay");
  }

  private UUID deadLetter() {
    return DeadLetterRows.insert(application.database(), DeadLetterRows.event());
  }

  /** Orders that their calls leave as they are, so that each call is valid again and again. */
  private void addOrders() {
    Orders orders = new Orders(application.database());
    Orders.Type type =
        new Orders.Type(UUID.fromString(concertId()), UUID.fromString(ticketTypeId()));
    String path = "/v1/orders/";
    String template = path + "{orderId}";
    on("GET", template, path + orders.ended(type, "DECLINED"));
    on("DELETE", template, path + orders.ended(type, "CANCELLED"));
    on(
        "POST",
        template + "/payment",
        path + orders.paid(type, "tok_ok") + "/payment",
        "{\"token\": \"tok_ok\"}");
    on("POST", template + "/refund", path + orders.ended(type, "REFUNDED") + "/refund");
  }

  private void addAccounts(ApiClient api) {
    on("GET", "/v1/mails", "/v1/mails");
    on("GET", "/.well-known/jwks.json", "/.well-known/jwks.json");
    Person buyer = Person.signedIn(api);
    String email = "calls@example.com";
    on("POST", "/v1/accounts", "/v1/accounts", Person.email(email));
    api.post("/v1/accounts", Person.email(email));
    on(
        "POST",
        "/v1/account-verifications",
        "/v1/account-verifications",
        Person.code(Person.newestCode(api, email), Person.PASSWORD));
    on("POST", "/v1/sessions", "/v1/sessions", Person.credentials(buyer.email(), Person.PASSWORD));
    on(
        "POST",
        "/v1/sessions/refresh",
        "/v1/sessions/refresh",
        "{\"refreshToken\": \"%s\"}".formatted(buyer.refreshToken()));
    as(headerOf(buyer), "GET", "/v1/sessions", "/v1/sessions", null);
    on("POST", "/v1/password-resets", "/v1/password-resets", Person.email(buyer.email()));
    Person forgetful = Person.registered(api);
    api.post("/v1/password-resets", Person.email(forgetful.email()));
    on(
        "POST",
        "/v1/password-resets/confirmation",
        "/v1/password-resets/confirmation",
        Person.code(Person.newestCode(api, forgetful.email()), Person.PASSWORD));
    String account = "/v1/accounts/" + buyer.get("/v1/accounts/me").text("id");
    on("GET", "/v1/accounts/{accountId}", account);
    on("PATCH", "/v1/accounts/{accountId}", account, "{\"role\": \"BUYER\"}");
    as(headerOf(buyer), "GET", "/v1/accounts/me", "/v1/accounts/me", null);
    as(headerOf(buyer), "PATCH", "/v1/accounts/me", "/v1/accounts/me", "{\"name\": \"Ada\"}");
    as(headerOf(buyer), "GET", "/v1/accounts/me/export", "/v1/accounts/me/export", null);
    as(headerOf(buyer), "GET", "/v1/accounts/me/purchases", "/v1/accounts/me/purchases", null);
    as(headerOf(buyer), "GET", "/v1/accounts/me/orders", "/v1/accounts/me/orders", null);
    as(
        headerOf(buyer),
        "POST",
        "/v1/accounts/me/purchase-claims",
        "/v1/accounts/me/purchase-claims",
        null);
    as(
        headerOf(Person.signedIn(api)),
        "PUT",
        "/v1/accounts/me/password",
        "/v1/accounts/me/password",
        "{\"currentPassword\": \"%1$s\", \"newPassword\": \"%1$s\"}".formatted(Person.PASSWORD));
    as(
        headerOf(Person.signedIn(api)),
        "POST",
        "/v1/accounts/me/email-changes",
        "/v1/accounts/me/email-changes",
        Person.credentials("calls-elsewhere@example.com", Person.PASSWORD));
    Person moving = Person.signedIn(api);
    String elsewhere = "calls-moved@example.com";
    moving.send(
        "POST", "/v1/accounts/me/email-changes", Person.credentials(elsewhere, Person.PASSWORD));
    as(
        headerOf(moving),
        "POST",
        "/v1/accounts/me/email-changes/confirmation",
        "/v1/accounts/me/email-changes/confirmation",
        "{\"code\": \"%s\"}".formatted(Person.newestCode(api, elsewhere)));
    as(
        headerOf(Person.signedIn(api)),
        "DELETE",
        "/v1/accounts/me",
        "/v1/accounts/me",
        "{\"password\": \"%s\"}".formatted(Person.PASSWORD));
    addIdentities(headerOf(buyer));
    addSecondFactor(api);
    // Sessions of their own, so that the calls above keep theirs.
    as(headerOf(buyer.at(api).signIn()), "DELETE", "/v1/sessions", "/v1/sessions", null);
    as(
        headerOf(buyer),
        "DELETE",
        "/v1/sessions/{sessionId}",
        "/v1/sessions/" + buyer.at(api).signIn().session(),
        null);
  }

  /** Without an identity provider, the valid answer of most of these calls is 404. */
  private void addIdentities(String owner) {
    String begin = "/v1/identity-sign-ins";
    on("POST", begin, begin, TestProvider.redirect(TestProvider.REDIRECT_URI));
    String completion = TestProvider.completion("code", "state", "verifier");
    on("POST", begin + "/{signInId}/completion", begin + "/" + NO_ID + "/completion", completion);
    String own = "/v1/accounts/me/identities";
    String link = "{\"signInId\": \"%s\", \"completion\": %s, \"password\": \"%s\"}";
    String password = "{\"password\": \"%s\"}".formatted(Person.PASSWORD);
    as(owner, "GET", own, own, null);
    as(owner, "POST", own, own, link.formatted(NO_ID, completion, Person.PASSWORD));
    as(owner, "DELETE", own + "/{identityId}", own + "/" + NO_ID, password);
  }

  private void addSecondFactor(ApiClient api) {
    String path = "/v1/accounts/me/totp";
    String password = Authenticator.password(Person.PASSWORD);
    as(headerOf(Person.signedIn(api)), "POST", path, path, password);
    Person owner = Person.signedIn(api);
    Authenticator.pending(owner);
    as(headerOf(owner), "DELETE", path, path, password);
    Person careful = Person.signedIn(api);
    // Valid for 30 seconds at least, which is enough for the calls before it.
    String code = Authenticator.code(Authenticator.pending(careful).code());
    as(headerOf(careful), "POST", path + "/confirmation", path + "/confirmation", code);
  }

  private void addAdmin() {
    for (String page : List.of("/", "/metrics", "/ping", "/threads", "/healthcheck")) {
      all.add(new Call(application.adminPort(), "GET", page, page, null, OPERATOR));
    }
    for (String task : List.of("/tasks/gc", "/tasks/log-level")) {
      all.add(new Call(application.adminPort(), "POST", task, task, null, OPERATOR));
    }
  }

  private void on(String method, String template, String path) {
    on(method, template, path, null);
  }

  private void on(String method, String template, String path, String body) {
    as(OPERATOR, method, template, path, body);
  }

  private void as(String authorization, String method, String template, String path, String body) {
    all.add(new Call(application.port(), method, template, path, body, authorization));
  }

  private static String headerOf(Person person) {
    return "Authorization: " + person.bearer()[1] + "\r\n";
  }

  /** All calls. */
  Stream<Call> all() {
    return all.stream();
  }

  /** The calls of the application port. */
  Stream<Call> ofApplication() {
    return all().filter(call -> call.port() == application.port());
  }

  /** The call of a route and method of the application port. */
  Call call(String method, String template) {
    return ofApplication()
        .filter(call -> call.method().equals(method) && call.template().equals(template))
        .findFirst()
        .orElseThrow();
  }

  /** The routes of the application port, as the service reads them. */
  List<RouteTable.Route> routes() {
    return RouteTable.of(application.environment().jersey().getResourceConfig().getClasses())
        .with("/health", "GET")
        .routes();
  }

  /** The id of the concert that the calls use. */
  String concertId() {
    return concert.path("id").asText();
  }

  /** The id of the concert's only ticket type. */
  String ticketTypeId() {
    return concert.at("/ticketTypes/0/id").asText();
  }

  /** The number of the concert's sold tickets. */
  int sold() {
    return 1000
        - application.client().get("/v1/concerts/" + concertId()).body().path("available").asInt();
  }

  /**
   * The numbers of sold tickets, of concerts and of changes of the simulation, to check that
   * nothing is written.
   */
  List<Integer> written() {
    ApiClient api = application.client();
    return List.of(
        sold(),
        api.get("/v1/concerts?limit=100").body().path("items").size(),
        api.get("/v1/simulation", operator()).body().path("version").asInt());
  }
}
