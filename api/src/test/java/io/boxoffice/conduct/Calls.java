package io.boxoffice.conduct;

import static io.boxoffice.testing.TestApplication.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.platform.http.strict.RouteTable;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.DeadLetterRows;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ReportRows;
import io.boxoffice.testing.SignedCallback;
import io.boxoffice.testing.TestApplication;
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
  static final String NO_ID = "01900000-0000-7000-8000-000000000000";

  private final TestApplication application;
  private final JsonNode concert;
  private final JsonNode purchase;
  private final List<Call> all = new ArrayList<>();

  /** Creates the resources that the calls use. */
  Calls(TestApplication application) {
    this.application = application;
    ApiClient api = application.client();
    application.awaitReady();
    this.concert = api.createConcert(1000, operator());
    this.purchase = api.buy(concertId(), 1).body();
    addApplication();
    new AccountCalls(this, api).add();
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
    addTickets();
    addCallback();
    addOrders();
    addCancellation();
    addDeadLetters();
    on(
        "POST",
        "/v1/page-views",
        "/v1/page-views",
        "{\"concertId\": \"%s\"}".formatted(concertId()));
    addReports();
    on("GET", "/v1/ledger-differences", "/v1/ledger-differences");
    addSites();
    addGates();
    on("GET", "/v1/simulation", "/v1/simulation");
    on("PUT", "/v1/simulation", "/v1/simulation", "{}");
    on("GET", "/v1/simulation/preview", "/v1/simulation/preview");
    on("POST", "/v1/simulation/preview", "/v1/simulation/preview", "{}");
    on("GET", "/v1/simulation/history", "/v1/simulation/history");
  }

  /** Tickets of a purchase that no call cancels. */
  private void addTickets() {
    JsonNode kept = application.client().buy(concertId(), 1).body();
    String ticket = "/v1/tickets/" + kept.path("ticketIds").get(0).asText();
    on("GET", "/v1/tickets/{ticketId}", ticket);
    on("GET", "/v1/tickets/{ticketId}/qr", ticket + "/qr");
    on(
        "GET",
        "/v1/purchases/{purchaseId}/tickets",
        "/v1/purchases/" + kept.path("id").asText() + "/tickets");
    on("GET", "/v1/ticket-keys", "/v1/ticket-keys");
  }

  /** The shop has one site, so the valid answers are 404 and 422. */
  private void addSites() {
    String template = "/v1/sites/{site}/";
    on("GET", "/v1/conflicts", "/v1/conflicts");
    on("POST", template + "take-over", "/v1/sites/b/take-over", "{\"reason\": \"no power\"}");
    on("POST", template + "rejoin", "/v1/sites/b/rejoin");
    on(
        "POST",
        "/v1/concerts/{concertId}/home",
        "/v1/concerts/" + concertId() + "/home",
        "{\"site\": \"b\"}");
  }

  /** The scan is repeated by each call, so that each is valid again and again. */
  private void addGates() {
    String gate = "/v1/gates/north";
    String template = "/v1/gates/{gate}";
    String concert = "/v1/concerts/{concertId}/";
    String body = "{\"concertId\": \"%s\"}".formatted(concertId());
    application.client().send("PUT", gate, body, operator());
    String scans =
        "{\"scans\": [{\"scanId\": \"%s\", \"gate\": \"north\", \"sequence\": 1, \"ticketId\": \"%s\"}]}"
            .formatted(NO_ID, NO_ID);
    application.client().post("/v1/scans", scans, operator());
    on("GET", "/v1/gates", "/v1/gates");
    on("GET", template, gate);
    on("PUT", template, gate, body);
    on("POST", template + "/skip", gate + "/skip", "{\"series\": 1}");
    on("POST", "/v1/scans", "/v1/scans", scans);
    on("GET", "/v1/scan-conflicts", "/v1/scan-conflicts");
    on("GET", concert + "attendance", "/v1/concerts/" + concertId() + "/attendance");
    on("GET", concert + "entry", "/v1/concerts/" + concertId() + "/entry");
    on(
        "PUT",
        concert + "entry",
        "/v1/concerts/" + concertId() + "/entry",
        "{\"opensAt\": \"2040-06-01T16:00:00Z\", \"closesAt\": \"2040-06-02T01:00:00Z\"}");
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

  /** There is no partner, so the request repeats one whose report was made. */
  private void addReports() {
    String path = "/v1/reports";
    on("GET", path, path);
    UUID report = ReportRows.insert(application.database(), concertId());
    as(
        OPERATOR + "Idempotency-Key: " + report + "\r\n",
        "POST",
        path,
        path,
        "{\"concertId\": \"%s\"}".formatted(concertId()));
    on("GET", path + "/{reportId}", path + "/" + report);
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

  private void addAdmin() {
    for (String page : List.of("/", "/metrics", "/ping", "/threads", "/healthcheck")) {
      all.add(new Call(application.adminPort(), "GET", page, page, null, OPERATOR));
    }
    for (String task : List.of("/tasks/gc", "/tasks/log-level")) {
      all.add(new Call(application.adminPort(), "POST", task, task, null, OPERATOR));
    }
  }

  /** Adds a call of the operator without a body. */
  void on(String method, String template, String path) {
    on(method, template, path, null);
  }

  /** Adds a call of the operator. */
  void on(String method, String template, String path, String body) {
    as(OPERATOR, method, template, path, body);
  }

  /** Adds a call of the caller that a header names. */
  void as(String authorization, String method, String template, String path, String body) {
    all.add(new Call(application.port(), method, template, path, body, authorization));
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
